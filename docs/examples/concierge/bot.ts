import openai from '@plugboard/openai'
import scripted from '@plugboard/scripted'
import webchat from '@plugboard/webchat'
import { BotDefinition, BotImplementation, env, z } from 'plugboard'
import assistant from 'plugboard/plugins/assistant'

const definition = new BotDefinition({
  name: 'concierge',
  title: 'Concierge',
  defaults: { llm: 'scripted' },
  states: { room: { type: 'conversation', schema: z.object({ number: z.string() }) } },
  actions: {
    breakfastHours: {
      description: 'Tells from when to when there is breakfast.',
      input: { schema: z.object({}) },
      output: { schema: z.object({ from: z.string(), to: z.string() }) },
    },
  },
})
  .addIntegration(webchat, { configuration: { title: 'Concierge' } })
  .addIntegration(scripted)
  .addIntegration(openai, { configuration: { apiKey: env('OPENAI_API_KEY'), baseUrl: env('OPENAI_BASE_URL') } })
  .addPlugin(assistant, { tools: ['bot:breakfastHours'] })

const bot = new BotImplementation(definition, {
  actions: { breakfastHours: async () => ({ from: '7:00', to: '10:30' }) },
})

bot.on.beforeIncomingMessage('text', async ({ data, message, client }) => {
  const [, number] = /^\/room (\d+)$/.exec(String(data.payload['text'])) ?? []
  if (number === undefined) return undefined
  const { conversationId } = message
  await client.setState({ name: 'room', id: conversationId, payload: { number } })
  await client.createMessage({ conversationId, type: 'text', payload: { text: `You are in room ${number}.` } })
  // The assistant is not to answer it as well.
  return { stop: true }
})

export default bot
