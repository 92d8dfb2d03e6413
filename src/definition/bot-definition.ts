import type { Binding, BindingInput } from './binding.ts'
import { type BotData, readBot, recordIntegration, recordPlugin } from './bot-data.ts'
import type { ConsumerProps, ConsumerTypes, ConsumerTypesOf, Needs } from './consumer.ts'
import type { EnvironmentValue } from './env.ts'
import type { IntegrationTypes } from './integration-definition.ts'
import type { Carrier } from './members.ts'
import type { NeedTypes } from './need.ts'
import { checkConsumer } from './validation/check-consumer.ts'

/** What a bot declares of its own. */
export type BotProps<TNeeds> = ConsumerProps<TNeeds> & {
  /** Default: `bot`. */
  name?: string
  version?: string
  title?: string
  description?: string
  /** What an interface is bound to where nothing else is said, by the interface's name. */
  defaults?: Record<string, BindingInput>
}

/** The record type of a bot: what it has installed, by alias, and what it declares of its own. */
export type BotTypes<TIntegrations = object, TPlugins = object, TOwn = ConsumerTypes> = {
  integrations: TIntegrations
  plugins: TPlugins
  own: TOwn
}

/** How an integration is installed. */
export type Installation<
  TIntegration extends IntegrationTypes,
  TAlias,
  TConfiguration extends keyof TIntegration['configurations'],
> = {
  /** The name in this bot. Default: the integration's name. */
  alias?: TAlias
  /** Which of the integration's `configurations` is used. Default: the unnamed one. */
  configurationType?: TConfiguration
  /** Whether it takes part. Default: true. */
  enabled?: boolean
  /** Channels whose messages are neither received nor sent. */
  disabledChannels?: readonly (keyof TIntegration['channels'])[]
} & Configured<TIntegration['configurations'][TConfiguration]['input']>

type Configured<TInput> = {} extends TInput ? { configuration?: Values<TInput> } : { configuration: Values<TInput> }
type Values<TInput> = { [K in keyof TInput]: TInput[K] | EnvironmentValue | undefined }
/** An argument that can be left out when nothing in it is required. */
type Argument<TOptions> = {} extends TOptions ? [options?: TOptions] : [options: TOptions]

/** How a plugin is installed. */
export type PluginInstallation<TIntegrations, TPlugin extends ConsumerTypes, TAlias, TDependencies> = {
  /** The name in this bot. Default: the plugin's name. */
  alias?: TAlias
  /** What the plugin's needs are bound to. Those left out are bound by configuration, by the bot's defaults, or to the only integration that fits. */
  dependencies?: Bindings<TIntegrations, TPlugin, TDependencies>
} & Configured<TPlugin['configuration']['input']>

/** Every dependency that is met as it is; a sentence in the place of each other. Looks only at the aliases that are named. */
type Bindings<TIntegrations, TPlugin extends ConsumerTypes, TDependencies> = {
  [K in keyof TDependencies]: K extends keyof TPlugin['needs']
    ? [keyof TIntegrations] extends [never]
      ? TDependencies[K]
      : Sentence<BindingProblem<TIntegrations, TPlugin['needs'][K], TDependencies[K]>, TDependencies[K]>
    : `plugin '${TPlugin['name']}' has no need '${K & string}'`
}
type Sentence<TProblem, TGiven> = [TProblem] extends [never] ? TGiven : TProblem

type BindingProblem<TIntegrations, TNeed extends NeedTypes, TGiven> = TGiven extends string
  ? AliasProblem<TIntegrations, TNeed['requires'], TGiven, unknown>
  : TGiven extends Binding<infer TAlias>
    ? AliasProblem<TIntegrations, TNeed['requires'], TAlias, unknown>
    : TGiven extends { integrationAlias: infer TAlias; integrationInterfaceAlias: infer TName }
      ? AliasProblem<TIntegrations, TNeed['requires'], TAlias, TName>
      : never

type AliasProblem<TIntegrations, TRequires, TAlias, TName> = TAlias extends keyof TIntegrations
  ? TIntegrations[TAlias] extends { interfaces: infer TInterfaces }
    ? { [I in keyof TRequires]: RequirementProblem<TInterfaces, I, TRequires[I], TAlias, TName> }[keyof TRequires]
    : never
  : `no integration is installed as '${TAlias & string}'`

type RequirementProblem<TInterfaces, I, TRequired, TAlias, TName> = I extends keyof TInterfaces
  ? unknown extends TName
    ? I extends keyof TInterfaces[I]
      ? ImplementationProblem<TInterfaces[I][I], I, TRequired, TAlias>
      : ImplementationProblem<TInterfaces[I][keyof TInterfaces[I]], I, TRequired, TAlias>
    : TName extends keyof TInterfaces[I]
      ? ImplementationProblem<TInterfaces[I][TName], I, TRequired, TAlias>
      : `integration '${TAlias & string}' has no implementation '${TName & string}' of interface '${I & string}'`
  : `integration '${TAlias & string}' does not implement interface '${I & string}'`

type ImplementationProblem<TImplementation, I, TRequired, TAlias> = [TImplementation, TRequired] extends [
  { version: infer THas; capabilities: infer TClaimed },
  { version: infer TWanted; capabilities: infer TNeeded },
]
  ? Line<THas> extends Line<TWanted>
    ? [TNeeded] extends [TClaimed]
      ? never
      : `integration '${TAlias & string}' implements '${I & string}' without the capability '${Exclude<TNeeded, TClaimed> & string}'`
    : `integration '${TAlias & string}' implements '${I & string}' ${THas & string}, the plugin needs ${TWanted & string}`
  : never

/** The part of a version that a caret range fixes; `string` for ranges that only the start can judge. */
type Line<TVersion> = TVersion extends `^${infer TRest}`
  ? Line<TRest>
  : TVersion extends `${'>' | '<' | '=' | '~' | '*'}${string}` | `${string} ${string}`
    ? string
    : TVersion extends `0.0.${infer TPatch}`
      ? `0.0.${TPatch}`
      : TVersion extends `0.${infer TMinor}.${string}`
        ? `0.${TMinor}`
        : TVersion extends `${infer TMajor}.${string}`
          ? TMajor
          : TVersion

/** A sentence where an alias is taken already. */
type Free<TIntegrations, TPlugins, TAlias> = TAlias extends keyof TIntegrations | keyof TPlugins
  ? `the alias '${TAlias & string}' is taken: give this one another`
  : unknown

// The fields of a definition are those of its data: said once, in `bot-data.ts`.
// oxlint-disable-next-line eslint/no-unused-vars -- a class and its interface have the same parameters
interface Bot<TIntegrations, TPlugins, TOwn extends ConsumerTypes> extends BotData<TOwn> {}
// The parameters are apart, not one record: a type argument is resolved when it is made, so a chain of a hundred calls has no depth.
class Bot<TIntegrations, TPlugins, TOwn extends ConsumerTypes> {
  /** For the compiler alone. */
  declare readonly $types: BotTypes<TIntegrations, TPlugins, TOwn>
  readonly kind = 'bot'

  constructor(props: BotProps<Needs>) {
    checkConsumer('bot', props)
    Object.assign(this, readBot(props))
  }

  /**
   * Installs an integration. Mutates the bot and returns it; only the returned type knows of the installation.
   * Problems that the compiler cannot see are reported together when the bot starts.
   */
  addIntegration<
    TIntegration extends IntegrationTypes,
    const TAlias extends string = TIntegration['name'],
    TConfiguration extends keyof TIntegration['configurations'] = 'default',
  >(
    integration: Carrier<TIntegration> & Free<TIntegrations, TPlugins, TAlias>,
    ...options: Argument<Installation<TIntegration, TAlias, TConfiguration>>
  ): Bot<TIntegrations & { [K in TAlias]: TIntegration }, TPlugins, TOwn> {
    recordIntegration(this, integration, options[0] as never)
    return this as never
  }

  /**
   * Installs a plugin; each of its needs can be bound to an installed integration that meets it.
   * Problems that the compiler cannot see are reported together when the bot starts.
   */
  addPlugin<
    TPlugin extends ConsumerTypes,
    const TDependencies extends { [K in keyof TPlugin['needs']]?: BindingInput } & Record<string, BindingInput>,
    const TAlias extends string = TPlugin['name'],
  >(
    plugin: Carrier<TPlugin> & Free<TIntegrations, TPlugins, TAlias>,
    ...options: Argument<PluginInstallation<TIntegrations, TPlugin, TAlias, TDependencies>>
  ): Bot<TIntegrations, TPlugins & { [K in TAlias]: TPlugin }, TOwn> {
    recordPlugin(this, plugin, options[0])
    return this as never
  }
}

/** Any bot, its definition or its implementation. */
// Unknown, not object: from an object the compiler would infer what is installed in a bot that is composed in the very call.
export type AnyBot = Carrier<{ integrations: unknown; plugins: unknown; own: unknown }>

/** A bot: integrations and plugins, composed. */
export type BotDefinition<TIntegrations = object, TPlugins = object, TOwn extends ConsumerTypes = ConsumerTypes> = Bot<
  TIntegrations,
  TPlugins,
  TOwn
>
/**
 * Declares a bot.
 * @throws {DefinitionError} with the code `definition_invalid`, and everything that is wrong in `problems`.
 */
// A facade, so that the parameters that exist for inference never reach a reader.
export const BotDefinition = Bot as unknown as new <const TProps extends object = {}, TNeeds extends Needs = {}>(
  props?: TProps & BotProps<TNeeds>,
) => Bot<{}, {}, ConsumerTypesOf<TProps, TNeeds>>
