// expected: Type 'number' is not assignable to type 'string'
// code: payload_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client }) => {
  // @ts-expect-error the payload of a plugin’s event has another type
  await client.createEvent({ type: 'asked', payload: { question: 42 } })
})
