import { setTimeout as sleep } from 'node:timers/promises'
import { BotDefinition, BotImplementation, z } from 'plugboard'
import { type RunningBot, startBot, withHandlers } from 'plugboard/runtime'
import { type HandlerCall, Probe } from './probe.ts'
import type { Subject } from './subject.ts'
import type { Situation } from './suite-options.ts'
import { CheckFailed, codeOf, messageOf } from './verdict.ts'

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
  readonly heard: HeardEvent[] = []
  readonly provider: Readonly<Record<string, LooseAction>> & {
    readonly entities: Readonly<Record<string, { safeParse(value: unknown): unknown }>>
  }
  readonly capabilities: readonly string[]
  readonly bot: RunningBot
  /** What was brought about. */
  readonly situation: Situation

  /** @throws {CheckFailed} if the bot does not start. */
  static async start(
    subject: Subject,
    situation: Situation = {},
    code: (bot: LooseBot) => void = () => {},
  ): Promise<Session> {
    const { options, implementation, contract } = subject
    const probe = new Probe()
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
    const heard: HeardEvent[] = []
    const bot = new BotImplementation(definition) as unknown as LooseBot & { readonly $types: never }
    for (const type of Object.keys(implementation.events))
      bot.on.event(`provider:${type}`, async ({ event }) => void heard.push({ type, payload: event.payload }))
    code(bot)
    await situation.before?.()
    try {
      const running = await startBot(bot, {
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
      })
      return new Session(subject, running, probe, heard, situation)
    } catch (error) {
      await situation.after?.()
      throw new CheckFailed(`a bot with the integration does not start: ${messageOf(error)}`)
    }
  }

  private constructor(subject: Subject, bot: RunningBot, probe: Probe, heard: HeardEvent[], situation: Situation) {
    this.subject = subject
    this.bot = bot
    this.probe = probe
    this.heard = heard
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
    const late = new AbortController()
    const ended = await Promise.race([
      call.ended.then(() => true),
      sleep(this.subject.options.patience ?? 2000, false, { signal: late.signal }).catch(() => true),
    ])
    late.abort()
    return ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bot.stop()
    await this.situation.after?.()
  }
}

/** A bot whose types are not known. */
export interface LooseBot {
  readonly on: {
    event(type: string, handler: (props: { event: { payload: unknown } }) => Promise<void>): void
    message(type: string, handler: (props: { message: { payload: unknown } }) => Promise<void>): void
  }
}
interface Installing {
  addIntegration(integration: unknown, options: object): void
}

interface LooseStream extends AsyncIterable<unknown> {
  output(): Promise<unknown>
}
export function isStream(value: unknown): value is LooseStream {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** What is parsed of a value; undefined for one that is refused. */
export const parsed = (schema: z.core.$ZodType, value: unknown): unknown => z.core.safeParse(schema, value).data
