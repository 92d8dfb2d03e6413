// expected: Type 'string' is not assignable to type 'number'
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.workflowStart('order', async ({ workflow }) => {
  // @ts-expect-error the output of a workflow has another type
  await workflow.setCompleted({ output: { total: 'much' } })
})
