// expected: 'colour' does not exist in type
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a row has a column that its table does not declare
  await client.createTableRows({ table: 'orders', rows: [{ sku: 'a', price: 1, colour: 'red' }] })
})
