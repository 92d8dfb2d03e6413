import discord from '@plugboard/discord'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'
import { token } from './http-api.fixture.ts'
import { publicKey, signed, type Signing } from './interactions.fixture.ts'

/** Something that the bot sends. */
export interface Written {
  readonly type: string
  readonly payload: object
  readonly tags?: Record<string, string>
  readonly stream?: AsyncIterable<string>
}

/** How the small bot differs from time to time. */
export interface SmallBotOptions {
  readonly apiUrl: string
  readonly configuration?: {
    botToken?: string
    publicKey?: string
    commandsAsMessages?: boolean
    readMessages?: boolean
  }
  /** Whether it keeps a connection open. Default: false. */
  readonly gateway?: boolean
  /** What the bot says when it hears something. Default: nothing. */
  readonly answer?: (heard: { type: string; payload: Record<string, unknown> }) => readonly Written[]
  readonly start?: StartOptions
  readonly serve?: ServeOptions
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, answer, gateway = false, ...options }: SmallBotOptions) {
  const messages: {
    id: string
    type: string
    payload: Record<string, unknown>
    tags: Readonly<Record<string, string>>
    conversationId: string
    conversation: object
    user: object
  }[] = []
  const events: { type: string; payload: unknown; place: object }[] = []
  const log: { level: string; message: string }[] = []
  const configuration = { botToken: token, apiUrl, ...options.configuration }
  const definition = gateway
    ? new BotDefinition({ name: 'small' }).addIntegration(discord, { configurationType: 'gateway', configuration })
    : new BotDefinition({ name: 'small' }).addIntegration(discord, { configuration: { publicKey, ...configuration } })
  const bot = new BotImplementation(definition)
  const orders = new Map<string, { readonly written: Written; ordered(id: string): void }>()
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    const { id, type, tags } = message
    const order = orders.get(conversation.id)
    if (order) {
      const written = { conversationId: conversation.id, ...order.written }
      return order.ordered((await client.createMessage(written as never)).message.id)
    }
    const { payload } = message
    const { channel, tags: place } = conversation
    messages.push({
      id,
      type,
      payload,
      tags,
      conversationId: conversation.id,
      conversation: { channel, ...place },
      user: { name: user.name, ...user.tags },
    })
    for (const written of answer?.({ type, payload }) ?? [])
      await client.createMessage({ conversationId: conversation.id, ...written } as never)
  })
  bot.on.event('*', async ({ event, conversation, user }) => {
    const { type, payload, messageId } = event
    const place = {
      conversation: conversation?.tags['id'],
      user: user?.tags['id'],
      knowsMessage: messageId !== undefined,
    }
    events.push({ type, payload, place })
  })
  const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
  const server = await serve(() => served.bot, { port: 0, ...options.serve })
  const started = await startBot(bot, {
    url: server.url,
    environment: {},
    log: (line) => void log.push(line),
    retries: { delay: 5 },
    ...options.start,
  })
  served.bot = started
  const client = started.clientOf('discord')
  const post = (body: string, { path = '/discord/webhook', ...signing }: Signing & { path?: string } = {}) =>
    fetch(`${server.url}${path}`, { method: 'POST', headers: signed(body, signing), body })
  return {
    running: started,
    client,
    messages,
    events,
    log,
    url: server.url,
    /** The actions of the integration. */
    actions: (started.actions as Record<string, Record<string, (input: object) => Promise<unknown>>>)['discord']!,
    /** Has the bot write in a conversation, and gives the id of the message once it is sent. */
    async say(conversationId: string, written: Written): Promise<string> {
      let id = ''
      orders.set(conversationId, { written, ordered: (given) => (id = given) })
      const { user } = await client.getOrCreateUser({ tags: { id: '1' } })
      await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: 'Write!' } })
      await started.idle()
      orders.delete(conversationId)
      return id
    },
    /** Sends something to the webhook, signed. */
    post,
    /** Tells the bot what somebody did, and gives what it answers at once. */
    async tell(interaction: object): Promise<unknown> {
      const response = await post(JSON.stringify(interaction))
      if (response.status !== 200) throw new Error(`it was answered with ${response.status}: ${await response.text()}`)
      const text = await response.text()
      return text === '' ? undefined : JSON.parse(text)
    },
    /** The text of everything that was logged and kept of what failed. */
    async written(): Promise<string> {
      return JSON.stringify([log, await started.deadLetters(), started.installations])
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await started.stop()
    },
  }
}
export type SmallBot = Awaited<ReturnType<typeof smallBot>>
