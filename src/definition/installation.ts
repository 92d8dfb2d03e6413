import type { Refused } from '../types/refused.ts'
import type { Binding, BindingInput } from './binding.ts'
import type { ConsumerTypes } from './consumer.ts'
import type { EnvironmentValue } from './env.ts'
import type { IntegrationTypes } from './integration-definition.ts'
import type { NeedTypes } from './need.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Tools } from './tools.ts'
import type { Accepts } from './version-range.ts'

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
  /** Limits for this installation, which hold beside those of the integration. Default: none. */
  rateLimits?: RateLimits
} & Configured<TIntegration['configurations'][TConfiguration]['input']>

/** How a plugin is installed. */
// `TBot` is the record type of the bot so far: one parameter, for there is nothing to infer from it.
export type PluginInstallation<
  TBot extends { integrations: unknown; plugins: unknown; own: unknown },
  TPlugin extends ConsumerTypes,
  TAlias,
  TDependencies,
  TTools extends readonly unknown[],
> = {
  /** The name in this bot. Default: the plugin's name. */
  alias?: TAlias
  /** What the plugin's needs are bound to. Those left out are bound by configuration, by the bot's defaults, or to the only integration that fits. */
  dependencies?: Bindings<TBot['integrations'], TPlugin, TDependencies>
  /**
   * Actions that the plugin may call, if it takes tools, by alias and action: `['memory:createItem']`. They are those of what
   * was installed before, and the bot's own: `bot:…`. Default: none.
   */
  tools?: Tools<TBot['integrations'] & TBot['plugins'], TBot['own'], TPlugin, TTools>
} & Configured<TPlugin['configuration']['input']>

type Configured<TInput> = {} extends TInput ? { configuration?: Values<TInput> } : { configuration: Values<TInput> }
type Values<TInput> = { [K in keyof TInput]: TInput[K] | EnvironmentValue | undefined }

/** `unknown`, or a sentence where something is installed without the configuration that it requires. */
export type Unconfigured<TName, TInput> = {} extends TInput
  ? unknown
  : `'${TName & string}' has required configuration: '${RequiredKeys<TInput> & string}'`
type RequiredKeys<TInput> = { [K in keyof TInput]-?: {} extends Pick<TInput, K> ? never : K }[keyof TInput]

/** What was installed, under its alias. */
// An alias of its own, not a type in the class that uses it: there it would depend on the parameters of the class as well.
export type Under<TAlias extends string, TTypes> = { [K in TAlias]: TTypes }

/** `unknown`, or a sentence where an alias is taken already. */
export type Free<TInstalled, TAlias> = TAlias extends keyof TInstalled
  ? `the alias '${TAlias & string}' is taken: give this one another`
  : unknown

/** What the needs of a plugin are bound to. Open to other keys and values, so that `Bindings` can refuse them with a sentence. */
export type Dependencies<TPlugin extends ConsumerTypes> = { [K in keyof TPlugin['needs']]?: unknown } & Record<
  string,
  unknown
>

/** Every dependency that is met as it is; a sentence in the place of each other. Looks only at the aliases that are named. */
type Bindings<TIntegrations, TPlugin extends ConsumerTypes, TDependencies> = {
  [K in keyof TDependencies]: [DependencyProblem<TIntegrations, TPlugin, K, TDependencies[K]>] extends [never]
    ? TDependencies[K]
    : Refused<DependencyProblem<TIntegrations, TPlugin, K, TDependencies[K]>>
}

type DependencyProblem<TIntegrations, TPlugin extends ConsumerTypes, K, TGiven> = K extends keyof TPlugin['needs']
  ? TGiven extends BindingInput | undefined
    ? [keyof TIntegrations] extends [never]
      ? never
      : BindingProblem<TIntegrations, TPlugin['needs'][K], TGiven>
    : 'a need is bound to the alias of an integration, or to what bind() or failover() gives'
  : `plugin '${TPlugin['name']}' has no need '${K & string}'`

type BindingProblem<TIntegrations, TNeed extends NeedTypes, TGiven> = TGiven extends string
  ? AliasProblem<TIntegrations, TNeed['requires'], TGiven, unknown>
  : TGiven extends Binding<infer TDependency>
    ? BindingProblem<TIntegrations, TNeed, TDependency>
    : TGiven extends { integrationAlias: infer TAlias; integrationInterfaceAlias: infer TName }
      ? AliasProblem<TIntegrations, TNeed['requires'], TAlias, TName>
      : never

// An alias of which only the start knows the text cannot be judged here.
type AliasProblem<TIntegrations, TRequires, TAlias, TName> = TAlias extends keyof TIntegrations
  ? TIntegrations[TAlias] extends { interfaces: infer TInterfaces }
    ? { [I in keyof TRequires]: RequirementProblem<TInterfaces, I, TRequires[I], TAlias, TName> }[keyof TRequires]
    : never
  : string extends TAlias
    ? never
    : `no integration is installed as '${TAlias & string}'`

type RequirementProblem<TInterfaces, I, TRequired, TAlias, TName> = I extends keyof TInterfaces
  ? ChosenProblem<TInterfaces[I], I, TRequired, TAlias, unknown extends TName ? Obvious<TInterfaces[I], I> : TName>
  : `integration '${TAlias & string}' does not implement interface '${I & string}'`

/** The implementation that is meant where none is named: the unnamed one, or the only one. `never` where there are several. */
type Obvious<TImplementations, I> = I extends keyof TImplementations
  ? I
  : Only<keyof TImplementations, keyof TImplementations>
type Only<TName, TAll> = TName extends TName ? ([TAll] extends [TName] ? TName : never) : never

type ChosenProblem<TImplementations, I, TRequired, TAlias, TName> = [TName] extends [never]
  ? `integration '${TAlias & string}' implements interface '${I & string}' more than once: choose one by integrationInterfaceAlias`
  : TName extends keyof TImplementations
    ? ImplementationProblem<TImplementations[TName], I, TRequired, TAlias>
    : `integration '${TAlias & string}' has no implementation '${TName & string}' of interface '${I & string}'`

type ImplementationProblem<TImplementation, I, TRequired, TAlias> = [TImplementation, TRequired] extends [
  { version: infer THas; capabilities: infer TClaimed },
  { version: infer TWanted; capabilities: infer TNeeded },
]
  ? Accepts<TWanted, THas> extends true
    ? [TNeeded] extends [TClaimed]
      ? never
      : `integration '${TAlias & string}' implements interface '${I & string}' without the capability '${Exclude<TNeeded, TClaimed> & string}'`
    : `integration '${TAlias & string}' implements interface '${I & string}' ${THas & string}, but ${TWanted & string} is needed`
  : never
