// expected: '$like' does not exist in type
// code: filter_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a filter has an operator that there is not
  await client.findTableRows({ table: 'orders', filter: { sku: { $like: 'a%' } } })
})
