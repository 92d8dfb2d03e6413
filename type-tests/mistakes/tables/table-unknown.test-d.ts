// expected: Type '"order"' is not assignable to type '"orders"'
// code: table_unknown at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a plugin reads a table that it does not declare
  await client.findTableRows({ table: 'order' })
})
