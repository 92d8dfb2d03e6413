import type { Container } from '../../container/container.ts'
import type { ConsumerData } from '../../definition/consumer-data.ts'
import { mapValues } from '../../definition/member-definitions.ts'
import { PlugboardError, type Problem } from '../../errors/index.ts'
import type { ConsumerImplementation, RegisteredHandler } from '../../implementation/consumer-implementation.ts'
import type { Moment } from '../../implementation/moments.ts'
import type { LooseConsumerTypes } from '../../implementation/loose-handlers.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Tool } from '../../implementation/tool.ts'
import {
  configurationSchema,
  type NeedSlots,
  passedSchema,
  type StoredSchema,
  storedSchema,
} from '../calls/entity-references.ts'
import { interfaceClients } from '../calls/interface-client.ts'
import { consumerClient } from '../clients/consumer-client.ts'
import type { Installation } from '../composition/installation.ts'
import { type Environment, resolveConfiguration } from '../composition/resolve-configuration.ts'
import type { MadeMessage, StreamedMessage } from '../drafts/streamed-message.ts'
import { services } from '../services.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { abortion } from '../calls/located.ts'
import { validate } from '../validate.ts'
import type { HandlerProps } from './handler-props.ts'
import type { HandlerRun } from './handler-run.ts'

/** A handler, and the key by which its runs are told from those of others. */
export interface KeyedHandler extends RegisteredHandler {
  readonly key: string
}

/** The functions of a consumer's own actions. */
export type ActionFunctions = Readonly<Record<string, (props: never) => Promise<unknown>>>

/** What a consumer is made from. */
export interface ConsumerOptions {
  /** The alias of the plugin, or `bot`. */
  readonly alias: string
  readonly definition: ConsumerData
  readonly implementation:
    | (Pick<ConsumerImplementation<LooseConsumerTypes, LooseConsumerTypes>, 'registered'> & {
        readonly handlers: { readonly actions?: ActionFunctions }
      })
    | undefined
  /** The configuration as it was written. */
  readonly written: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly slots: NeedSlots
  /** The consumer's own scope. */
  readonly scope: Container
  readonly environment: Environment
  readonly botId: string
  readonly botUserId: string
  /** The most bytes that a file may have. */
  readonly fileLimit: number
  readonly telemetry: Telemetry
  readonly mask: SecretMask
  /** Reads the stream that a message is made of, and shows it meanwhile where that can be. */
  read(streamed: StreamedMessage): Promise<MadeMessage>
  installation(alias: string): Installation | undefined
  /** The actions of what is installed by name, for one run. */
  actionsFor(run: HandlerRun): object
  /** The actions that it was given as tools, for one run. */
  toolsFor(run: HandlerRun): readonly Tool[]
}

/** A plugin of a bot, or the bot's own code: its handlers, and what they receive. */
export class Consumer {
  readonly alias: string
  readonly definition: ConsumerData
  readonly slots: NeedSlots
  readonly handlers: readonly KeyedHandler[]
  readonly scope: Container
  readonly logger: Logger
  readonly events: Readonly<Record<string, StoredSchema>>
  readonly states: Readonly<Record<string, StoredSchema>>
  /** Values that must not appear in logs. */
  masked: readonly string[] = []
  #configuration: Readonly<Record<string, unknown>> = {}
  readonly #options: ConsumerOptions
  readonly #actions: ActionFunctions

  constructor(options: ConsumerOptions) {
    const { alias, definition, slots, implementation, scope } = options
    this.#options = options
    this.#actions = implementation?.handlers.actions ?? {}
    this.alias = alias
    this.definition = definition
    this.slots = slots
    this.scope = scope
    this.logger = scope.resolve(services.logger)
    this.handlers = (implementation?.registered ?? []).map((handler, index) => ({
      ...handler,
      key: `${alias}.${index}`,
    }))
    this.events = mapValues(definition.events, ({ schema }, name) =>
      storedSchema(schema, slots, `the payload of event '${name}' of '${alias}'`, 'payload_invalid'),
    )
    this.states = mapValues(definition.states, ({ schema }, name) =>
      storedSchema(schema, slots, `the state '${name}' of '${alias}'`, 'state_invalid'),
    )
    scope.registerFactory(services.props, {
      lifetime: 'scoped',
      inject: [services.run, services.store, services.clock] as const,
      create: (run, store, clock): HandlerProps => {
        const actions = options.actionsFor(run)
        return {
          ctx: {
            botId: options.botId,
            alias,
            secrets: options.secrets,
            idempotencyKey: run.key,
            conversationId: run.conversationId,
          },
          configuration: this.#configuration,
          client: consumerClient({
            alias,
            definition,
            store,
            clock,
            botUserId: options.botUserId,
            fileLimit: options.fileLimit,
            effects: run.effects,
            journal: run.journal,
            inStep: (name, work) => run.inStep(name, work),
            states: this.states,
            hears: (state) => this.handlersFor('stateExpired', [state]).length > 0,
            events: this.events,
            installation: options.installation,
            channelName: (of, channel) => this.#channelName(of, channel),
            actions,
            nextMessageId: () => run.nextMessageId(),
            read: (streamed) => options.read({ ...streamed, run }),
          }),
          interfaces: interfaceClients(slots, run),
          actions,
          tools: options.toolsFor(run),
          logger: this.logger,
          signal: run.signal,
        }
      },
    })
  }

  /** Reads the configuration anew, which an entity in it may make necessary when a binding changes. Changes nothing if there are problems. */
  configure(): readonly Problem[] {
    const { alias, definition, written, environment } = this.#options
    const result = resolveConfiguration(
      alias,
      alias === 'bot' ? 'the bot' : `plugin '${alias}'`,
      configurationSchema(definition.configuration?.schema, this.slots),
      written,
      environment,
    )
    this.masked = result.secrets
    if (result.value) this.#configuration = result.value
    return result.problems
  }

  /** The handlers of a moment for one of these types. */
  handlersFor(moment: Moment, types: readonly string[]): readonly KeyedHandler[] {
    return this.handlers.filter(
      (handler) => handler.moment === moment && (handler.type === '*' || types.includes(handler.type)),
    )
  }

  #channelName(integration: string, channel: string): string | undefined {
    const key = `${integration}:${channel}`
    for (const { current } of Object.values(this.slots))
      if (Object.hasOwn(current.channels, key)) return current.channels[key]
    return undefined
  }

  /** Runs a handler in a scope of its own, until it ends or the run is aborted. Its effects are in the run. */
  async run(
    handler: (props: never) => Promise<unknown>,
    run: HandlerRun,
    extra: object | ((props: HandlerProps) => object),
  ): Promise<unknown> {
    await using scope = this.scope.createScope(run.key)
    scope.registerValue(services.run, run)
    const abort = abortion(run.signal, this.alias === 'bot' ? {} : { plugin: this.alias })
    run.cutOff = true
    try {
      const props = scope.resolve(services.props)
      const more = typeof extra === 'function' ? extra(props) : extra
      return await Promise.race([handler({ ...props, ...more } as never), abort.rejects])
    } finally {
      abort.release()
    }
  }

  /** Calls one of the consumer's own actions. */
  call(name: string, input: unknown, run: HandlerRun): Promise<unknown> {
    const { alias } = this
    return this.#options.telemetry.within(
      alias === 'bot' ? {} : { plugin: alias },
      { name: `${alias}.${name}`, attributes: { 'plugboard.consumer': alias, 'plugboard.action': name } },
      () => this.#call(name, input, run),
    )
  }

  async #call(name: string, input: unknown, run: HandlerRun): Promise<unknown> {
    const actions = this.definition.actions
    const { input: inputs, output: outputs } = actions[name] as (typeof actions)[string]
    const where = { ...(this.alias === 'bot' ? {} : { plugin: this.alias }), action: name }
    const what = `of action '${name}' of ${this.alias === 'bot' ? 'the bot' : `plugin '${this.alias}'`}`
    const parsed = await validate(passedSchema(inputs.schema, this.slots), input, {
      code: 'input_invalid',
      subject: `the input ${what}`,
      where,
    })
    const handler = this.#actions[name] as (props: never) => Promise<unknown>
    const output = await this.run(handler, run, { input: parsed }).catch((error: unknown) => {
      const { mask } = this.#options
      if (PlugboardError.isInstance(error)) throw mask.error(error)
      const failure = new PlugboardError({
        code: 'handler_failed',
        message: `the handler ${what} failed: ${error instanceof Error ? error.message : String(error)}`,
        where,
        cause: error,
      })
      throw mask.error(failure)
    })
    return validate(passedSchema(outputs.schema, this.slots), output, {
      code: 'output_invalid',
      subject: `the output ${what}`,
      where,
    })
  }
}
