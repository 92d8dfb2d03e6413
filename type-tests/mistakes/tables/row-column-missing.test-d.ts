// expected: Property 'price' is missing
// code: row_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a row lacks a column that has no default
  await client.createTableRows({ table: 'orders', rows: [{ sku: 'a' }] })
})
