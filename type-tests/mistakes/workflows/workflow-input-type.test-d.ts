// expected: Type 'number' is not assignable to type 'string'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error the input of a workflow has another type
  await client.createWorkflow({ name: 'order', input: { sku: 5 } })
})
