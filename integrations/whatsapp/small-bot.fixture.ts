import whatsapp from '@plugboard/whatsapp'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'
import { accessToken, phoneNumberId } from './cloud-api-answers.fixture.ts'
import { appSecret, enveloped, signed, verifyToken } from './told.fixture.ts'

/** Something that the bot sends. */
export interface Written {
  readonly type: string
  readonly payload: object
  readonly tags?: Record<string, string>
}

/** How the small bot differs from time to time. */
export interface SmallBotOptions {
  readonly apiUrl: string
  readonly configuration?: { accessToken?: string; phoneNumberId?: string; keepFiles?: boolean }
  /** What the bot says when it hears something. Default: nothing. */
  readonly answer?: (heard: { type: string; payload: Record<string, unknown> }) => readonly Written[]
  readonly start?: StartOptions
  readonly serve?: ServeOptions
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, answer, ...options }: SmallBotOptions) {
  const messages: {
    type: string
    payload: Record<string, unknown>
    tags: Readonly<Record<string, string>>
    conversation: object
    user: object
  }[] = []
  const events: { type: string; payload: Record<string, unknown>; place: object }[] = []
  const log: { level: string; message: string }[] = []
  const configuration = { phoneNumberId, accessToken, appSecret, verifyToken, apiUrl, ...options.configuration }
  const definition = new BotDefinition({ name: 'small' }).addIntegration(whatsapp, { configuration })
  const bot = new BotImplementation(definition)
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    const { type, tags } = message
    const { payload } = message
    messages.push({ type, payload, tags, conversation: conversation.tags, user: { name: user.name, ...user.tags } })
    for (const written of answer?.({ type, payload }) ?? [])
      await client.createMessage({ conversationId: conversation.id, ...written } as never)
  })
  bot.on.event('*', async ({ event, conversation, user }) => {
    const place = {
      conversation: conversation?.tags['id'],
      user: user?.tags['id'],
      knowsMessage: event.messageId !== undefined,
    }
    events.push({ type: event.type, payload: event.payload as Record<string, unknown>, place })
  })
  // The server is first: its address goes into the addresses of files.
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
  const post = (body: string, headers: Record<string, string> = signed(body)) =>
    fetch(`${server.url}/whatsapp/webhook`, { method: 'POST', headers, body })
  return {
    running: started,
    messages,
    events,
    log,
    url: server.url,
    post,
    /** Tells the bot, signed, and waits until it has done what it does with it. */
    async tell(...values: readonly object[]): Promise<number[]> {
      const statuses: number[] = []
      for (const value of values) statuses.push((await post(enveloped(value))).status)
      await started.idle()
      return statuses
    },
    /** The actions of the integration. */
    actions: (started.actions as Record<string, Record<string, (input: object, options?: object) => Promise<unknown>>>)[
      'whatsapp'
    ]!,
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
