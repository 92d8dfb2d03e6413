// expected: Type '"timedout"' is not assignable to type
// code: workflow_invalid at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a workflow is set to a status that only time gives it
  await client.updateWorkflow({ name: 'order', id: '1', status: 'timedout' })
})
