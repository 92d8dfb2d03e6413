import telegram from '@plugboard/telegram'
import { BotDefinition, BotImplementation } from 'plugboard'
import { serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'
import { token } from './bot-api.fixture.ts'

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
  readonly configuration?: { botToken?: string; keepFiles?: boolean; commandsAsMessages?: boolean }
  readonly polling?: boolean
  readonly enabled?: boolean
  /** What the bot says when it hears something. Default: nothing. */
  readonly answer?: (heard: { type: string; payload: Record<string, unknown> }) => readonly Written[]
  readonly start?: StartOptions
  readonly serve?: ServeOptions
}

/** A bot that is served, and notes what it hears. */
export async function smallBot({ apiUrl, polling, enabled = true, answer, ...options }: SmallBotOptions) {
  const messages: {
    type: string
    payload: Record<string, unknown>
    tags: Readonly<Record<string, string>>
    conversation: object
    user: object
  }[] = []
  const events: { type: string; payload: unknown; place: object }[] = []
  const log: { level: string; message: string }[] = []
  const configuration = { botToken: token, apiUrl, ...options.configuration }
  const definition = polling
    ? new BotDefinition({ name: 'small' }).addIntegration(telegram, {
        configurationType: 'polling',
        configuration,
        enabled,
      })
    : new BotDefinition({ name: 'small' }).addIntegration(telegram, { configuration, enabled })
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
  // The server is first: its address goes into the webhook.
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
  return {
    running: started,
    messages,
    events,
    log,
    url: server.url,
    /** The actions of the integration. */
    actions: (started.actions as Record<string, Record<string, (input: object) => Promise<unknown>>>)['telegram']!,
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

const ada = { id: 1111, is_bot: false, first_name: 'Ada', last_name: 'Lovelace', username: 'ada', language_code: 'en' }

/** A message of a person alone with the bot, as the documentation shows it. */
export const fromAda = (content: object, message_id = 1365) => ({
  message: {
    message_id,
    from: ada,
    chat: { id: 1111, first_name: 'Ada', last_name: 'Lovelace', username: 'ada', type: 'private' },
    date: 1_790_000_000,
    ...content,
  },
})

/** A message in a group. */
export const inGroup = (content: object, message_id = 77) => ({
  message: {
    message_id,
    from: ada,
    chat: { id: -1002, title: 'Plugs', type: 'supergroup', is_forum: true },
    date: 1_790_000_000,
    ...content,
  },
})

/** The press of a button. */
export const pressed = (data: string, message_id: number) => ({
  callback_query: {
    id: '4382bfdwdsb323b2d9',
    from: ada,
    message: {
      message_id,
      from: { id: 4_839_574_812, is_bot: true, first_name: 'Plug', username: 'plug_test_bot' },
      chat: { id: 1111, first_name: 'Ada', last_name: 'Lovelace', username: 'ada', type: 'private' },
      date: 1_790_000_000,
      text: 'choose',
    },
    chat_instance: '42a',
    data,
  },
})
