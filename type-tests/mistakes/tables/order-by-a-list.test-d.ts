// expected: Type '"tags"' is not assignable to type
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error rows are ordered by a column of lists
  await client.findTableRows({ table: 'orders', orderBy: 'tags' })
})
