// expected: Type '"ordr"' is not assignable to type '"order" | "reminder"'
// code: workflow_unknown at call
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
shopping.on.message('text', async ({ client }) => {
  // @ts-expect-error a plugin starts a workflow that it does not declare
  await client.createWorkflow({ name: 'ordr', input: {} })
})
