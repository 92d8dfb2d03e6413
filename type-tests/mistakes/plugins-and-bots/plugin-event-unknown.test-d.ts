// expected: Type '"answered"' is not assignable to type '"asked"'
// code: event_unknown at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client }) => {
  // @ts-expect-error a plugin creates an event that it does not declare
  await client.createEvent({ type: 'answered', payload: {} })
})
