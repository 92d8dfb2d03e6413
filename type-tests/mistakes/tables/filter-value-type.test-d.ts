// expected: Type 'string' is not assignable to type 'number'
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a filter compares a number with a text
  await client.findTableRows({ table: 'orders', filter: { price: { $gt: '1' } } })
})
