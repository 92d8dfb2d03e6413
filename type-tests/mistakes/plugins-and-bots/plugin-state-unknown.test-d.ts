// expected: Type '"history"' is not assignable to type '"count" | "last"'
// code: state_unknown at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client }) => {
  // @ts-expect-error a plugin reads a state that it does not declare
  await client.getState({ name: 'history' })
})
