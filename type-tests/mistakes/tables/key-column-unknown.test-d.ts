// expected: Type '"colour"' is not assignable to type
// code: row_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error the key of rows is a column that their table does not declare
  await client.upsertTableRows({ table: 'orders', keyColumn: 'colour', rows: [{ sku: 'a', price: 1 }] })
})
