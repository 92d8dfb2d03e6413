import { createHmac, timingSafeEqual } from 'node:crypto'
import webchat from '@plugboard/webchat'
import { BotDefinition, BotImplementation, env, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { run } from 'plugboard/cli'

// A bot that gets bad input: a webhook that demands a signature, a chat page, and the endpoints of every bot.

const text = { schema: z.object({ text: z.string().max(1000) }) }
const body = z.object({ room: z.string().min(1).max(100), text: z.string().max(1000) })

const desk = new IntegrationDefinition({
  name: 'desk',
  version: '1.0.0',
  configuration: { schema: z.object({ signingSecret: z.string() }) },
  channels: { room: { messages: { text }, conversation: { tags: { room: { identity: true } } } } },
  user: { tags: { id: { identity: true } } },
})
const packaged = desk.implementedBy(async () => ({
  default: new IntegrationImplementation(desk, {
    webhook: {
      verify: ({ req, configuration }) => {
        const expected = createHmac('sha256', configuration.signingSecret).update(req.rawBody).digest()
        const given = Buffer.from(req.headers['x-signature'] ?? '', 'hex')
        return given.length === expected.length && timingSafeEqual(given, expected)
      },
      deliveryId: ({ headers }) => headers['x-delivery'],
    },
    handler: async ({ client, req }) => {
      let said: z.output<typeof body>
      try {
        said = body.parse(JSON.parse(req.body ?? ''))
      } catch {
        return { status: 400 }
      }
      const { user } = await client.getOrCreateUser({ tags: { id: said.room } })
      const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room: said.room } })
      const conversationId = conversation.id
      await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: said.text } })
      return undefined
    },
    channels: { room: { messages: { text: async () => {} } } },
  }),
}))

const definition = new BotDefinition({ name: 'guarded' })
  .addIntegration(packaged, { configuration: { signingSecret: env('SIGNING_SECRET') } })
  .addIntegration(webchat)
const bot = new BotImplementation(definition)
bot.on.message('text', async ({ message, client }) => {
  const { conversationId, payload } = message
  await client.createMessage({ conversationId, type: 'text', payload })
})
await run(bot)
