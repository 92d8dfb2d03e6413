import webhook from '@plugboard/webhook'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'
import { Webhook } from 'standardwebhooks'

/** A secret of 32 bytes, all of them alike. */
export const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`

/** What the two sides of the tests know. */
export const shared = secretOf(1)

/** What a bot heard of a webhook. */
interface HeardEvent {
  readonly id: string
  readonly type?: string
  readonly timestamp: string
  readonly data: unknown
}

/** How a bot differs from time to time. */
export interface WebhookBotOptions {
  readonly name?: string
  readonly configuration?: {
    secret?: string
    previousSecret?: string
    endpointUrl?: string
    endpointIsPrivate?: boolean
    urlSecret?: string
  }
  /** Where the bot is. Default: a place of its own. */
  readonly place?: Place
  /** What the bot answers to a text. Default: nothing. */
  readonly answer?: (text: string) => string | undefined
  /** Sends what an event with the type `please.send` has as its data, in a handler, which is tried again if that fails. */
  readonly sends?: boolean
  readonly start?: StartOptions
  readonly bodyLimit?: number
}

/** Where a bot will be, so that another one can know it before. */
export async function place(options: Omit<ServeOptions, 'port'> = {}) {
  const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
  const { url, close } = await serve(() => served.bot, { port: 0, ...options })
  return { served, base: url, url: `${url}/webhook/webhook`, close }
}
export type Place = Awaited<ReturnType<typeof place>>

/** A bot with the integration that is served, and notes what it hears. */
export async function webhookBot({ name = 'hearer', answer, sends, bodyLimit, ...options }: WebhookBotOptions = {}) {
  const here = options.place ?? (await place({ bodyLimit }))
  const messages: { type: string; payload: unknown; conversation?: string; user: object; id?: string }[] = []
  const events: HeardEvent[] = []
  const log: string[] = []
  const definition = new BotDefinition({ name }).addIntegration(webhook, {
    configuration: { secret: shared, ...options.configuration },
  })
  const bot = new BotImplementation(definition)
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    const { type, payload, tags } = message
    const from = { name: user.name, id: user.tags['id'] }
    messages.push({ type, payload, conversation: conversation.tags['id'], user: from, id: tags['id'] })
    const said = (payload as { text?: string }).text
    const text = said === undefined ? undefined : answer?.(said)
    if (text !== undefined)
      await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
  })
  bot.on.event('webhook:received', async ({ event, actions }) => {
    const heard = event.payload as HeardEvent
    events.push(heard)
    if (sends && heard.type === 'please.send')
      await actions.webhook.send({ type: 'was.asked', data: heard.data as Record<string, unknown> })
  })
  const running = await startBot(bot, {
    url: here.base,
    environment: {},
    log: (line) => void log.push(JSON.stringify(line)),
    retries: { delay: 5 },
    ...options.start,
  })
  here.served.bot = running
  return {
    running,
    messages,
    events,
    log,
    send: running.actions.webhook.send,
    url: here.url,
    async [Symbol.asyncDispose]() {
      await here.close()
      await running.stop()
    },
  }
}
export type WebhookBot = Awaited<ReturnType<typeof webhookBot>>

/** What a request is made of. */
export interface Posted {
  readonly body: string
  /** Default: POST. */
  readonly method?: string
  readonly id?: string
  readonly secret?: string
  /** Seconds from now. */
  readonly offset?: number
  /** In the place of the right headers; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
}

/** Posts what a sender that is not this integration would, signed by the library of the specification. */
export async function post(
  url: string,
  { body, id = 'msg_1', secret = shared, offset = 0, headers, method = 'POST' }: Posted,
) {
  const signedAt = new Date(Date.now() + offset * 1000)
  const all = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, signedAt, body),
    ...headers,
  }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  return fetch(url, { method, headers: Object.fromEntries(given), body })
}
