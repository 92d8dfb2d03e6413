/**
 * A process of a bot that counts in each conversation, for tests that kill it. It takes what comes in, and hands over
 * what goes out, by messages to the process that started it.
 */
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { BotDefinition, BotImplementation, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { startBot } from 'plugboard/runtime'

/** What comes in: one delivery. */
export interface Incoming {
  readonly id: string
  readonly room: string
  readonly text: string
}
/** What the process says. `sent` waits for `accepted` with the same key. */
export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken'; readonly id: string }
  | { readonly kind: 'did'; readonly what: string }
  | { readonly kind: 'sent'; readonly key: string; readonly room: string; readonly text: string }
export type Told =
  | { readonly kind: 'incoming'; readonly delivery: Incoming }
  | { readonly kind: 'accepted'; readonly key: string }

const tell = (said: Said): void => void process.send?.(said)
const accepting = new Map<string, () => void>()

const definition = new IntegrationDefinition({
  name: 'wire',
  user: { tags: { id: { identity: true } } },
  channels: {
    line: {
      messages: { text: { schema: z.object({ text: z.string() }) } },
      conversation: { tags: { id: { identity: true } } },
    },
  },
})
const wire = definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, {
    webhook: { verify: 'none', deliveryId: ({ query }) => query },
    handler: async ({ client, req }) => {
      const { room, text } = JSON.parse(req.body ?? '{}') as Incoming
      const { user } = await client.getOrCreateUser({ tags: { id: 'someone' } })
      const { conversation } = await client.getOrCreateConversation({ channel: 'line', tags: { id: room } })
      await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
    },
    channels: {
      line: {
        messages: {
          text: async ({ payload, conversation, ctx }) => {
            const key = ctx.idempotencyKey
            await new Promise<void>((resolve) => {
              accepting.set(key, resolve)
              tell({ kind: 'sent', key, room: conversation.tags['id'] ?? '', text: payload.text })
            })
          },
        },
      },
    },
  }),
}))

const [name = '', database = '', lease = '1000', ticking] = process.argv.slice(2)
const botDefinition = new BotDefinition({
  name,
  events: { ticked: { schema: z.object({}) } },
  recurringEvents: ticking ? { tick: { type: 'ticked', payload: {}, schedule: { cron: '* * * * * *' } } } : {},
  states: { count: { type: 'conversation', schema: z.object({ count: z.number() }) } },
}).addIntegration(wire)
const bot = new BotImplementation(botDefinition)
bot.on.event('ticked', async ({ event }) => tell({ kind: 'did', what: event.id }))
bot.on.message('text', async ({ message, conversation, client }) => {
  if (message.payload.text === 'slow') {
    tell({ kind: 'did', what: 'begins' })
    await setTimeout(Number(lease) * 3)
    tell({ kind: 'did', what: 'ends' })
  }
  const { state } = await client.getState({ name: 'count', id: conversation.id })
  const count = state?.payload.count ?? 0
  await client.setState({ name: 'count', id: conversation.id, payload: { count: count + 1 } })
  const text = `${message.payload.text} is ${count}`
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
})

const running = await startBot(bot, { database, environment: {}, lease: Number(lease), log: () => {} })
process.on('message', (told: Told) => {
  if (told.kind === 'accepted') accepting.get(told.key)?.()
  else void take(told.delivery)
})
tell({ kind: 'ready' })
await once(process, 'disconnect')
await running.stop()

async function take(delivery: Incoming): Promise<void> {
  const request = {
    method: 'POST',
    path: '/webhook',
    query: delivery.id,
    headers: {},
    body: JSON.stringify(delivery),
    rawBody: new Uint8Array(),
    signal: new AbortController().signal,
  }
  const { status = 200 } = await running.receive('wire', request)
  if (status < 300) tell({ kind: 'taken', id: delivery.id })
}
