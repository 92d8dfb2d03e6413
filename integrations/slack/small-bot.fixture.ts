import slack from '@plugboard/slack'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'
import { enveloped, signed, type Signing, signingSecret } from './requests.fixture.ts'
import { appToken } from './socket/socket-mode.fixture.ts'
import { token } from './web-api.fixture.ts'

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
    appToken?: string
    answerInThreads?: boolean
    hearBots?: boolean
    supportChannel?: string
  }
  /** Whether it opens a connection. Default: false, so that Slack calls it. */
  readonly socket?: boolean
  /** What the bot says when it hears something. Default: nothing. */
  readonly answer?: (heard: { type: string; payload: Record<string, unknown> }) => readonly Written[]
  readonly start?: StartOptions
  readonly serve?: ServeOptions
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, answer, socket = false, ...options }: SmallBotOptions) {
  const messages: {
    type: string
    payload: Record<string, unknown>
    tags: Readonly<Record<string, string>>
    conversation: object
    user: object
  }[] = []
  const events: { type: string; payload: unknown; place: object }[] = []
  const log: { level: string; message: string }[] = []
  const common = { botToken: token, apiUrl }
  const definition = socket
    ? new BotDefinition({ name: 'small' }).addIntegration(slack, {
        configurationType: 'socket',
        configuration: { ...common, appToken, ...options.configuration },
      })
    : new BotDefinition({ name: 'small' }).addIntegration(slack, {
        configuration: { ...common, signingSecret, ...options.configuration },
      })
  const bot = new BotImplementation(definition)
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    const { type, tags } = message
    const { payload } = message
    const { channel, tags: place } = conversation
    messages.push({ type, payload, tags, conversation: { channel, ...place }, user: { name: user.name, ...user.tags } })
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
  // The server is first: its address goes into those of files.
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
  const post = (body: string, { path = '/slack/webhook', ...signing }: Signing & { path?: string } = {}) =>
    fetch(`${server.url}${path}`, { method: 'POST', headers: signed(body, signing), body })
  return {
    running: started,
    messages,
    events,
    log,
    url: server.url,
    /** Sends something to the webhook, signed as Slack signs it unless told otherwise. */
    post,
    /** Tells of events, each when the bot has nothing else to do. Gives the statuses. */
    async tell(...told: readonly object[]): Promise<number[]> {
      const statuses: number[] = []
      for (const event of told) {
        statuses.push((await post(enveloped(event))).status)
        await started.idle()
      }
      return statuses
    },
    /** The actions of the integration. */
    actions: (started.actions as Record<string, Record<string, (input: object, options?: object) => Promise<unknown>>>)[
      'slack'
    ]!,
    client: started.clientOf('slack'),
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
