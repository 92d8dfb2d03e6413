import { type Binding, type BindingInput, bindingFrom } from './binding.ts'
import type { BotProps } from './bot-props.ts'
import { type ConsumerData, readConsumer } from './consumer-data.ts'
import type { ConsumerTypes, Needs } from './consumer.ts'
import type { IntegrationDefinition } from './integration-definition.ts'
import { frozenCopy } from './frozen-copy.ts'
import { developmentVersion } from './members.ts'
import { seal } from './package.ts'
import type { PluginDefinition } from './plugin-definition.ts'
import type { RateLimits } from './rate-limits.ts'
import { type GivenTool, type ToolInput, toolsFrom } from './tools.ts'
import { checkInstallation } from './validation/check-installation.ts'

/** An integration as it was installed in a bot. */
export interface InstalledIntegration {
  readonly alias: string
  readonly definition: IntegrationDefinition
  /** The values as they were written: plain, or to be read from the environment. */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly configurationType: string | undefined
  readonly disabledChannels: readonly string[]
  /** What holds beside the integration's own limits. */
  readonly rateLimits: RateLimits
  readonly enabled: boolean
}

/** A plugin as it was installed in a bot. */
export interface InstalledPlugin {
  readonly alias: string
  readonly definition: PluginDefinition
  readonly configuration: Readonly<Record<string, unknown>>
  /** What its needs are bound to, as far as was said. */
  readonly dependencies: Readonly<Record<string, Binding>>
  /** The actions that it may call. */
  readonly tools: readonly GivenTool[]
}

/** Everything that a bot declares and has installed, as plain data. */
export interface BotData<T extends ConsumerTypes = ConsumerTypes> extends ConsumerData<T> {
  readonly version: string
  /** What an interface is bound to where nothing else is said. */
  readonly defaults: Readonly<Record<string, Binding>>
  readonly integrations: readonly InstalledIntegration[]
  readonly plugins: readonly InstalledPlugin[]
}

/** Reads what a bot declares. */
export function readBot(props: BotProps<Needs> = {}): BotData {
  return {
    ...readConsumer(props),
    version: props.version ?? developmentVersion,
    defaults: bindingsFrom(props.defaults),
    integrations: [],
    plugins: [],
  }
}

/**
 * Notes an integration. Whether its configuration fits is judged when the bot is composed, with everything else.
 * @throws {DefinitionError} with the code `definition_invalid`, for what is no integration, options of the wrong form, an
 * alias that is taken, and a configuration or channel that it does not have.
 */
export function recordIntegration(
  bot: BotData,
  integration: unknown,
  options: Partial<Omit<InstalledIntegration, 'definition'>> = {},
): void {
  checkInstallation(bot, 'integration', integration, options)
  const definition = integration as IntegrationDefinition
  seal(definition)
  const { alias, configuration, configurationType, disabledChannels = [], rateLimits = {}, enabled = true } = options
  ;(bot.integrations as InstalledIntegration[]).push(
    Object.freeze({
      alias: alias ?? definition.name,
      definition,
      configuration: Object.freeze({ ...configuration }),
      configurationType: configurationType === 'default' ? undefined : configurationType,
      disabledChannels: Object.freeze([...disabledChannels]),
      rateLimits: frozenCopy(rateLimits),
      enabled,
    }),
  )
}

/**
 * Notes a plugin. What its needs are bound to is judged when the bot is composed, with everything else.
 * @throws {DefinitionError} with the code `definition_invalid`, for what is no plugin, options of the wrong form, an alias
 * that is taken, a need that it does not have, and tools for one that takes none.
 */
export function recordPlugin(
  bot: BotData,
  plugin: unknown,
  options: { alias?: string; configuration?: object; dependencies?: object; tools?: readonly ToolInput[] } = {},
): void {
  checkInstallation(bot, 'plugin', plugin, options)
  const definition = plugin as PluginDefinition
  seal(definition)
  ;(bot.plugins as InstalledPlugin[]).push(
    Object.freeze({
      alias: options.alias ?? definition.name,
      definition,
      configuration: Object.freeze({ ...options.configuration }),
      dependencies: bindingsFrom(options.dependencies),
      tools: toolsFrom(options.tools),
    }),
  )
}

/** Bindings in their full form, those that are undefined left out. */
function bindingsFrom(given: object = {}): Readonly<Record<string, Binding>> {
  const entries = Object.entries(given as Record<string, BindingInput | undefined>)
  return Object.freeze(
    Object.fromEntries(entries.flatMap(([name, to]) => (to === undefined ? [] : [[name, bindingFrom(to)]]))),
  )
}
