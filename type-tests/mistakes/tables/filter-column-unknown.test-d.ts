// expected: 'colour' does not exist in type
// code: filter_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a filter names a column that its table does not declare
  await client.findTableRows({ table: 'orders', filter: { colour: 'red' } })
})
