// expected: Property 'id' is missing
// code: row_unknown at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a change does not say of which row
  await client.updateTableRows({ table: 'orders', rows: [{ price: 1 }] })
})
