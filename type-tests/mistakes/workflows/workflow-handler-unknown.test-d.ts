// expected: Argument of type '"ordr"' is not assignable to parameter of type '"order" | "reminder"'
// code: handler_unknown at definition
import { PluginImplementation } from 'plugboard'
import { shop } from '../../fixtures/plugins.ts'

export const shopping = new PluginImplementation(shop)
// @ts-expect-error a plugin has a handler for a workflow that it does not declare
shopping.on.workflowStart('ordr', async () => {})
