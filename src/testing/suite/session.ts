import { BotDefinition, BotImplementation, type Message, type WebhookRequest, type WebhookResponse, z } from 'plugboard'
import { type RunningBot, startBot, withHandlers } from 'plugboard/runtime'
import type { Ids } from '../contract.ts'
import type { Place } from '../people.ts'
import { CheckWatch } from './check-watch.ts'
import { type HandlerCall, Probe } from './probe.ts'
import { started, unlessLate } from './started.ts'
import type { Subject } from './subject.ts'
import { type Situation, waitsOf } from './suite-options.ts'
import { CheckFailed, codeOf, messageOf, shown } from './verdict.ts'
import writer from './writer.ts'

/** Milliseconds that a bot has to stop: longer than an integration has to close what it keeps open. */
const stopping = 20_000

/** The alias under which the integration is installed: not its name, which answers may have to give. */
const alias = 'tested'

type LooseAction = (input: unknown, options?: { signal?: AbortSignal }) => unknown

/** An event that was heard. */
export interface HeardEvent {
  /** The interface's name of it. */
  readonly type: string
  readonly payload: unknown
}

/** What came of a call. */
export interface Attempt {
  readonly items: readonly unknown[]
  /** Undefined where it failed. */
  readonly output: unknown
  /** Undefined where it succeeded. */
  readonly error: unknown
  /** What the integration was called with for it. */
  readonly calls: readonly HandlerCall[]
}

/** A bot with the integration alone, which is watched. */
export class Session implements AsyncDisposable {
  readonly subject: Subject
  readonly probe: Probe
  /** The events that it told of. */
  readonly heard: HeardEvent[]
  /** The messages that came in. */
  readonly messages: Message[]
  /** Where somebody has written, once that was asked for. */
  place: Promise<Place> | undefined
  /** Ids of what there is, once they were asked for. */
  ids: Promise<Ids> | undefined
  readonly provider: Readonly<Record<string, LooseAction>> & {
    readonly entities: Readonly<Record<string, { safeParse(value: unknown): unknown }>>
  }
  readonly capabilities: readonly string[]
  readonly bot: RunningBot
  /** What was brought about. */
  readonly situation: Situation
  readonly #refusals: string[] = []

  /** @throws {CheckFailed} if the bot does not start. */
  static async start(
    subject: Subject,
    situation: Situation = {},
    code: (bot: LooseBot) => void = () => {},
  ): Promise<Session> {
    const { options, implementation, contract } = subject
    const { patience, timeout } = waitsOf(options)
    const watch = CheckWatch.current
    const probe = new Probe({
      limitOf: (action) => (subject.silent.has(action) ? patience : timeout),
      tell: ({ action }, limit) => {
        subject.silent.add(action)
        watch?.giveUp(`no answer within ${limit} ms: '${action}' was called, and does not end`)
      },
    })
    subject.probes.push(probe)
    const definition = new BotDefinition({ name: 'suite', interfaces: { provider: contract.interface } })
    ;(definition as unknown as Installing).addIntegration(
      withHandlers(options.integration as never, (handlers) => probe.around(handlers)),
      {
        alias,
        configuration: situation.configuration ?? options.configuration ?? {},
        ...(options.configurationType !== undefined && { configurationType: options.configurationType }),
      },
    )
    ;(definition as unknown as Installing).addPlugin(writer)
    const heard: HeardEvent[] = []
    const messages: Message[] = []
    const bot = new BotImplementation(definition) as unknown as LooseBot & { readonly $types: never }
    for (const type of Object.keys(implementation.events))
      bot.on.event(`provider:${type}`, async ({ event }) => void heard.push({ type, payload: event.payload }))
    bot.on.message('*', async ({ message }) => void messages.push(message))
    code(bot)
    await situation.before?.()
    try {
      const running = await started(
        subject,
        startBot(bot, {
          environment: Object.fromEntries(
            Object.entries(options.secrets ?? {}).map(([name, value]) => [
              `PLUGBOARD_SECRET_${alias.toUpperCase()}_${name}`,
              value,
            ]),
          ),
          bindings: {
            bot: { provider: { integrationAlias: alias, integrationInterfaceAlias: implementation.as } },
          },
          log: () => {},
          // Whether a message could be sent is to be seen, and not whether it can be sent in the end.
          retries: { attempts: 1 },
          // Later than the suite itself, which says more of it.
          handlerTimeout: 2 * timeout,
        }),
      )
      watch?.uses(running)
      return new Session(subject, running, { probe, heard, messages, situation })
    } catch (error) {
      await situation.after?.()
      throw new CheckFailed(`a bot with the integration does not start: ${messageOf(error)}`)
    }
  }

  private constructor(
    subject: Subject,
    bot: RunningBot,
    { probe, heard, messages, situation }: Pick<Session, 'probe' | 'heard' | 'messages' | 'situation'>,
  ) {
    this.subject = subject
    this.bot = bot
    this.probe = probe
    this.heard = heard
    this.messages = messages
    this.provider = (bot.interfaces as { provider: never }).provider
    this.capabilities =
      bot.installations[0]?.interfaces.find(
        (one) => one.name === subject.contract.interface.name && one.as === subject.implementation.as,
      )?.capabilities ?? []
    this.situation = situation
  }

  /** The client of the integration's own handlers. */
  get client() {
    return this.bot.clientOf(alias)
  }

  /** Sends a request to the webhook of the installation. */
  async receive({
    method = 'POST',
    path = '/webhook',
    query = '',
    headers = {},
    body,
  }: Partial<WebhookRequest>): Promise<WebhookResponse> {
    const rawBody = new TextEncoder().encode(body ?? '')
    const { signal } = new AbortController()
    const request = { method, path, query, headers, rawBody, signal, ...(body !== undefined && { body }) }
    const response = await this.bot.receive(alias, request)
    const { status = 200 } = response
    if (status >= 400) this.#refusals.push(`the webhook answered ${status}: ${shown(response.body)}`)
    return response
  }

  /** What the webhook has refused so far, to be added to a sentence: it may be why something is missing. */
  get refusals(): string {
    return this.#refusals.map((refusal) => `; ${refusal}`).join('')
  }

  /** Writes as the bot: gives the id of the message, which is sent afterwards, or throws why it is refused. */
  async write(message: { conversationId: string; type: string; payload: unknown }): Promise<string> {
    const { writer: own } = this.bot.actions as unknown as {
      readonly writer: { write(input: object): Promise<{ readonly messageId: string }> }
    }
    return (await own.write(message)).messageId
  }

  /** Calls an action through the interface. Reads a stream to its end. */
  async attempt(action: string, input: unknown, signal?: AbortSignal): Promise<Attempt> {
    const before = this.probe.calls.length
    const items: unknown[] = []
    let output: unknown
    let error: unknown
    try {
      const given = this.provider[action]?.(input, signal ? { signal } : {})
      if (isStream(given)) {
        for await (const item of given) items.push(item)
        output = await given.output()
      } else output = await given
    } catch (thrown) {
      error = thrown ?? new Error('nothing was thrown')
    }
    return { items, output, error, calls: this.probe.calls.slice(before) }
  }

  /** The same, twice again where it fails: a platform has bad moments. An input that is refused stays refused. */
  async insist(action: string, input: unknown): Promise<Attempt> {
    let last = await this.attempt(action, input)
    for (let again = 0; again < 2 && last.error !== undefined && codeOf(last.error) !== 'input_invalid'; again += 1)
      last = await this.attempt(action, input)
    return last
  }

  /** Whether a call of a handler ends in time, once it was aborted. */
  async endsInTime(call: HandlerCall): Promise<boolean> {
    const { patience } = waitsOf(this.subject.options)
    return (
      (await unlessLate(
        call.ended.then(() => true),
        patience,
      )) ?? false
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The bot cuts off what does not end; whatever it does, the suite goes on.
    await unlessLate(this.bot.stop(), stopping)
    await this.situation.after?.()
  }
}

/** A bot whose types are not known. */
export interface LooseBot {
  readonly on: {
    event(type: string, handler: (props: { event: { payload: unknown } }) => Promise<void>): void
    message(type: string, handler: (props: { message: Message }) => Promise<void>): void
  }
}
interface Installing {
  addIntegration(integration: unknown, options: object): void
  addPlugin(plugin: unknown): void
}

interface LooseStream extends AsyncIterable<unknown> {
  output(): Promise<unknown>
}
export function isStream(value: unknown): value is LooseStream {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** What is parsed of a value; undefined for one that is refused. */
export const parsed = (schema: z.core.$ZodType, value: unknown): unknown => z.core.safeParse(schema, value).data
