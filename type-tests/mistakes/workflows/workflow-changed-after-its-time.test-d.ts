// expected: Property 'setCompleted' does not exist on type
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.workflowTimeout('order', async ({ workflow }) => {
  // @ts-expect-error a workflow is completed after its time was over
  await workflow.setCompleted({ output: { total: 1 } })
})
