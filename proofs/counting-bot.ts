import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  z,
} from 'plugboard'
import { run } from 'plugboard/cli'

// A process that is killed: a bot that counts what each conversation says in a state, answers with the number, and tells
// itself of it by an event, which it answers too. Now and then a handler fails.

const { PLATFORM_URL = '', FAILING = '0.03' } = process.env
const text = { schema: z.object({ text: z.string() }) }

const desk = new IntegrationDefinition({
  name: 'desk',
  version: '1.0.0',
  channels: { room: { messages: { text }, conversation: { tags: { room: { identity: true } } } } },
  user: { tags: { id: { identity: true } } },
})
const packaged = desk.implementedBy(async () => ({
  default: new IntegrationImplementation(desk, {
    webhook: { verify: 'none', deliveryId: ({ headers }) => headers['x-delivery'] },
    handler: async ({ client, req }) => {
      const { room, text: said } = JSON.parse(req.body ?? '{}') as { room: string; text: string }
      const { user } = await client.getOrCreateUser({ tags: { id: room } })
      const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room } })
      const conversationId = conversation.id
      await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: said } })
    },
    channels: {
      room: {
        messages: {
          text: async ({ payload, conversation, ctx, signal }) => {
            const body = JSON.stringify({ key: ctx.idempotencyKey, room: conversation.tags.room, text: payload.text })
            const answer = await fetch(`${PLATFORM_URL}/send`, { method: 'POST', body, signal }).catch(
              (cause: unknown) => {
                throw new PlugboardError({
                  code: 'vendor_unavailable',
                  message: 'the platform cannot be reached',
                  retryable: true,
                  cause,
                })
              },
            )
            if (!answer.ok)
              throw new PlugboardError({
                code: 'vendor_unavailable',
                message: `the platform answered ${answer.status}`,
                retryable: true,
              })
          },
        },
      },
    },
  }),
}))

const definition = new BotDefinition({
  name: 'counter',
  states: { count: { type: 'conversation', schema: z.object({ count: z.number() }) } },
  events: { counted: { schema: z.object({ count: z.number() }) } },
}).addIntegration(packaged)

const bot = new BotImplementation(definition)
const mayFail = (): void => {
  if (Math.random() < Number(FAILING)) throw new Error('A handler fails now and then.')
}
bot.on.message('text', async ({ message, client, conversation }) => {
  const { id } = conversation
  const { state } = await client.getState({ name: 'count', id })
  const count = (state?.payload.count ?? 0) + 1
  await client.setState({ name: 'count', id, payload: { count } })
  mayFail()
  const answer = { text: `${message.payload.text}: ${count}` }
  await client.createMessage({ conversationId: id, type: 'text', payload: answer })
  await client.createEvent({ type: 'counted', payload: { count }, conversationId: id })
  mayFail()
})
bot.on.event('counted', async ({ event, client }) => {
  const conversationId = event.conversationId ?? ''
  const said = { text: `event ${event.payload.count}` }
  await client.createMessage({ conversationId, type: 'text', payload: said })
  mayFail()
})

await run(bot)
