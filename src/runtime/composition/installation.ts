import { createHash } from 'node:crypto'
import type { ImplementedInterface } from '../../definition/extend.ts'
import type { InstalledIntegration } from '../../definition/bot-data.ts'
import type { ChannelDefinition, EventDefinition } from '../../definition/member-definitions.ts'
import type { ConfigurationDefinition } from '../../definition/integration-data.ts'
import type { IntegrationDefinition } from '../../definition/integration-definition.ts'
import type { Offer } from '../../container/needs/offer.ts'
import { PlugboardError, type Problem, type Where } from '../../errors/index.ts'
import type { LooseIntegrationTypes } from '../../implementation/loose-handlers.ts'
import type { IntegrationHandlers } from '../../implementation/integration-handlers.ts'
import type { Authorization } from '../oauth/authorization.ts'
import { LimitsOf } from '../limits/limits-of.ts'
import { againAt, type Registration } from '../integrations/registration.ts'
import { type Environment, resolveConfiguration } from './resolve-configuration.ts'
import { type Reports, unproved } from './proof.ts'
import { resolveSecrets } from './resolve-secrets.ts'

/** The handlers of an integration of which nothing is known. */
export type AnyHandlers = IntegrationHandlers<LooseIntegrationTypes>

/** An integration that is installed in a bot, with its configuration resolved. */
export class Installation implements Offer {
  readonly alias: string
  readonly id: string
  readonly definition: IntegrationDefinition
  readonly configurationType: string | undefined
  readonly disabledChannels: ReadonlySet<string>
  /** The validated configuration; empty for an inactive installation. */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** Whether it takes part, as far as the bot says. */
  readonly enabled: boolean
  readonly inactive: string | undefined
  readonly remedy: string
  /** What keeps it from being active; told if it is bound or has channels. */
  readonly problems: readonly Problem[]
  /** Values that must not appear in logs. */
  readonly masked: readonly string[]
  /** How its registration with its platform stands; undefined where it needs none. */
  registration: Registration | undefined
  /** Whether somebody has given it access to its platform; undefined where it declares no `oauth`. */
  authorization: Authorization | undefined
  /** The loaded functions; undefined until the installation is started. */
  handlers: AnyHandlers | undefined
  /** How much its platform takes. */
  readonly limits: LimitsOf
  #left: readonly string[] | undefined
  #proof: { readonly reports: Reports; readonly today: () => string } | undefined

  constructor(botName: string, installed: InstalledIntegration, environment: Environment) {
    const { alias, definition } = installed
    this.alias = alias
    this.id = createHash('sha256').update(`${botName}\n${alias}`).digest('hex').slice(0, 24)
    this.definition = definition
    this.configurationType = installed.configurationType
    this.disabledChannels = new Set(installed.disabledChannels)
    const declared = this.#configurationDefinition()
    this.limits = new LimitsOf(alias, definition, declared, installed.rateLimits)
    const configuration = resolveConfiguration(
      alias,
      `integration '${alias}'`,
      declared?.schema,
      // Of a type that there is not, no value can be right or wrong.
      declared || this.configurationType === undefined ? installed.configuration : {},
      environment,
    )
    const secrets = resolveSecrets(alias, `integration '${alias}'`, definition.secrets, environment)
    this.configuration = configuration.value ?? {}
    this.secrets = secrets.value
    this.masked = [...configuration.secrets, ...Object.values(secrets.value)]
    this.problems = [...configuration.problems, ...secrets.problems]
    this.enabled = installed.enabled
    this.inactive = installed.enabled
      ? this.problems.length === 0
        ? undefined
        : this.problems.map(({ code, message }) => `[${code}] ${message.replace(/\.$/, '')}`).join('; ')
      : 'it is disabled'
    this.remedy = installed.enabled ? this.problems.map(({ remedy }) => remedy).join(' ') : 'Drop `enabled: false`.'
  }

  /** Whether it has a channel that is not disabled. */
  get hasChannels(): boolean {
    return Object.keys(this.definition.channels).some((channel) => !this.disabledChannels.has(channel))
  }

  /** The messages that a channel can carry: those declared that have a handler. */
  messagesOf(channel: string): Readonly<Record<string, EventDefinition>> {
    const channels = this.definition.channels as Readonly<Record<string, ChannelDefinition>>
    const declared = Object.hasOwn(channels, channel) ? (channels[channel]?.messages ?? {}) : {}
    const functions =
      (this.handlers?.channels as Record<string, { messages: object }> | undefined)?.[channel]?.messages ?? {}
    return Object.fromEntries(Object.entries(declared).filter(([type]) => Object.hasOwn(functions, type)))
  }

  capabilitiesOf(implementation: ImplementedInterface): readonly string[] {
    const declared = this.#configurationDefinition()?.capabilities
    return implementation.capabilities.filter(
      (capability) => (declared?.includes(capability) ?? true) && (this.#left?.includes(capability) ?? true),
    )
  }

  /** Takes the loaded functions, and asks which capabilities the configuration leaves. */
  implementedBy(handlers: AnyHandlers): void {
    this.handlers = handlers
    this.#left = handlers.capabilities?.({ configuration: this.configuration as never })
  }

  /** Demands from here on that it is bound only for what these reports prove. */
  provedBy(reports: Reports, today: () => string): void {
    this.#proof = { reports, today }
  }

  unproved(implementation: ImplementedInterface): string | undefined {
    if (!this.#proof) return undefined
    const { reports, today } = this.#proof
    const capabilities = this.capabilitiesOf(implementation)
    return unproved(reports, { definition: this.definition, implementation, capabilities, today: today() })
  }

  /** The same configuration under another alias, for what it has to do there alone. */
  under(alias: string): Installation {
    return Object.create(this, {
      alias: { value: alias },
      handlers: { value: this.handlers, writable: true },
    }) as Installation
  }

  /** Whether its platform knows it, as far as that is needed. */
  get isRegistered(): boolean {
    const { registration } = this
    return !registration || registration.status === 'registered' || registration.before
  }

  /** Whether it can be asked for what its platform does not send: its platform knows it, and it has access. */
  get mayListen(): boolean {
    return this.isRegistered && this.authorization?.status !== 'needed'
  }

  /**
   * Demands that it may be called.
   * @throws {PlugboardError} with the code `registration_failed`.
   */
  assertRegistered(where: Where, now: number): void {
    if (this.isRegistered) return
    const registration = this.registration as Registration
    const { failure, retryAt } = registration
    throw new PlugboardError({
      code: 'registration_failed',
      message: `integration '${this.alias}' is not registered with its platform${failure ? `: [${failure.code}] ${failure.message}${againAt(this.alias, registration)}` : ' yet'}`,
      retryable: true,
      ...(retryAt !== undefined && { retryAfter: Math.max(0, retryAt - now) }),
      where,
    })
  }

  #configurationDefinition(): ConfigurationDefinition | undefined {
    const { configuration, configurations } = this.definition as {
      configuration: ConfigurationDefinition | undefined
      configurations: Readonly<Record<string, ConfigurationDefinition>>
    }
    return this.configurationType === undefined ? configuration : configurations[this.configurationType]
  }
}
