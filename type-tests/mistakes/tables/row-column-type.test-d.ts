// expected: Type 'string' is not assignable to type 'number'
// code: row_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error the value of a column has another type
  await client.createTableRows({ table: 'orders', rows: [{ sku: 'a', price: 'free' }] })
})
