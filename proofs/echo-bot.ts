import { createHmac, timingSafeEqual } from 'node:crypto'
import { BotDefinition, BotImplementation, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'

const secret = 'a secret of the platform'

/** The signature that the platform puts on a body. */
export const signatureOf = (body: string | Uint8Array): string =>
  createHmac('sha256', secret).update(body).digest('hex')

/** Whether a body is signed by the platform. */
export function isSigned(body: Uint8Array, signature: string | undefined): boolean {
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(signature ?? '', 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * A bot that answers each message by one that says the same.
 * @param show Called with each answer that the platform is to show.
 */
export function echoBot(show: (text: string) => void) {
  const text = { schema: z.object({ text: z.string() }) }
  const desk = new IntegrationDefinition({
    name: 'desk',
    version: '1.0.0',
    channels: { room: { messages: { text }, conversation: { tags: { room: { identity: true } } } } },
    user: { tags: { id: { identity: true } } },
  })
  const packaged = desk.implementedBy(async () => ({
    default: new IntegrationImplementation(desk, {
      webhook: {
        verify: ({ req }) => isSigned(req.rawBody, req.headers['x-signature']),
        deliveryId: ({ headers }) => headers['x-delivery'],
      },
      handler: async ({ client, req }) => {
        const { room, text: said } = JSON.parse(req.body ?? '{}') as { room: string; text: string }
        const { user } = await client.getOrCreateUser({ tags: { id: room } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room } })
        const conversationId = conversation.id
        await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: said } })
      },
      channels: { room: { messages: { text: async ({ payload }) => show(payload.text) } } },
    }),
  }))
  const bot = new BotImplementation(new BotDefinition({ name: 'load' }).addIntegration(packaged))
  bot.on.message('text', async ({ message, client }) => {
    const { conversationId, payload } = message
    await client.createMessage({ conversationId, type: 'text', payload })
  })
  return bot
}
