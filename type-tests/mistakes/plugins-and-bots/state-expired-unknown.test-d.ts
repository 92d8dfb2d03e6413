// expected: Argument of type '"history"' is not assignable to parameter of type '"count" | "last" | "*"'
// code: handler_unknown at definition
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
// @ts-expect-error a plugin hears of the expiry of a state that it does not declare
assisting.on.stateExpired('history', async () => {})
