// expected: Property 'sku' is missing
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error the input of a workflow lacks a field
  await client.createWorkflow({ name: 'order', input: {} })
})
