// expected: Property 'output' is missing in type '{ name: "order"; id: string; status: "completed"; }'
// code: output_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a workflow is completed without an output
  await client.updateWorkflow({ name: 'order', id: '1', status: 'completed' })
})
