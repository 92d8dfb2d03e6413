// expected: Property 'answer' does not exist on type '{ question: string; tries: number; }'
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client }) => {
  await client.createEvent({ type: 'asked', payload: { question: 'Who?' } })
})
assisting.on.event('asked', async ({ event, logger }) => {
  // @ts-expect-error a field is read that the payload of an event does not have
  logger.info(event.payload.answer)
})
