import { type Bot, BotImplementation, type ConsumerTypes } from 'plugboard'
import { type RunningBot, serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'

/** A message that the bot has heard. */
export interface HeardMessage {
  readonly id: string
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, string>>
  readonly conversationId: string
  /** The channel, and the tags of the conversation. */
  readonly conversation: Readonly<Record<string, string>>
  /** The name, and the tags of whoever has written. */
  readonly user: Readonly<Record<string, string | undefined>>
}

/** An event that the bot has heard. */
export interface HeardEvent {
  /** Behind the alias and a colon, as handlers hear it. */
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
  /** Where it came about: the tags `id` of conversation and user, and whether it is about a message that the bot knows. */
  readonly place: {
    readonly conversation: string | undefined
    readonly user: string | undefined
    readonly knowsMessage: boolean
  }
}

/** Something that the bot writes. */
export interface Written {
  readonly type: string
  readonly payload: object
  readonly tags?: Readonly<Record<string, string>>
  /** The text, part by part. */
  readonly stream?: AsyncIterable<string>
}

/** How the bot is run, and what it says. */
export interface HearingBotOptions {
  /** What it writes when it hears something. Default: nothing. */
  readonly answer?: ((heard: HeardMessage) => readonly Written[]) | undefined
  /** Default: without environment, tried again after 5 milliseconds. */
  readonly start?: StartOptions | undefined
  /** Default: any free port of this machine. */
  readonly serve?: ServeOptions | undefined
}

/** A bot that is served, and notes what it hears. */
export interface HearingBot<TRunning> extends AsyncDisposable {
  readonly running: TRunning
  /** Where it is served: the webhook of an installation is at `<url>/<alias>/webhook`. */
  readonly url: string
  readonly messages: HeardMessage[]
  readonly events: HeardEvent[]
  /** The ids of the messages that it has sent. */
  readonly sent: string[]
  /** What was logged. A tag that nobody has declared is also a warning of the process. */
  readonly log: { readonly level: string; readonly message: string }[]
  /** All that was written to the log, and kept of what failed, as one text: to see that it tells no secret. */
  written(): Promise<string>
}

/**
 * Starts a bot in which an integration is installed, and serves it: for tests that act as its platform, by requests to its webhook
 * or over a connection, and look at what the bot has heard. What it is to be told is handled once `running.idle()` resolves.
 */
export async function hearingBot<TIntegrations, TPlugins, TOwn extends ConsumerTypes>(
  definition: Bot<TIntegrations, TPlugins, TOwn>,
  options: HearingBotOptions = {},
): Promise<HearingBot<RunningBot<TIntegrations, TPlugins, TOwn>>> {
  const messages: HeardMessage[] = []
  const events: HeardEvent[] = []
  const sent: string[] = []
  const log: { level: string; message: string }[] = []
  const bot = new BotImplementation(definition as unknown as Bot<object, object, ConsumerTypes>)
  bot.on.message('*', async ({ message, conversation, user, client }) => {
    const { id, type, tags } = message
    const payload = message.payload as HeardMessage['payload']
    const { id: conversationId, channel, tags: place } = conversation
    const from = { name: user.name, ...user.tags }
    const heard = { id, type, payload, tags, conversationId, conversation: { channel, ...place }, user: from }
    messages.push(heard)
    for (const written of options.answer?.(heard) ?? [])
      sent.push((await client.createMessage({ conversationId, ...written } as never)).message.id)
  })
  bot.on.event('*', async ({ event, conversation, user }) => {
    const { type, messageId } = event
    const payload = event.payload as HeardEvent['payload']
    const place = {
      conversation: conversation?.tags['id'],
      user: user?.tags['id'],
      knowsMessage: messageId !== undefined,
    }
    events.push({ type, payload, place })
  })
  // The server is first: its address goes into webhooks, and into those of files.
  const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
  const server = await serve(() => served.bot, { port: 0, ...options.serve })
  const running = await startBot(bot, {
    url: server.url,
    environment: {},
    log: (line) => {
      log.push(line)
      // Whoever writes an integration would not see it: what it means is found out when a filter finds nothing.
      if (line.level === 'warn' && 'tag' in line) process.emitWarning(line.message, 'PlugboardWarning')
    },
    retries: { delay: 5 },
    ...options.start,
  }).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  served.bot = running
  return {
    running: running as never,
    url: server.url,
    messages,
    events,
    sent,
    log,
    written: async () => JSON.stringify([log, await running.deadLetters(), running.installations]),
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await running.stop()
    },
  }
}
