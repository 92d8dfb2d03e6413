import { type BotData, readBot, recordIntegration, recordPlugin } from './bot-data.ts'
import type { BotProps } from './bot-props.ts'
import type { ConsumerTypes, ConsumerTypesOf, Needs } from './consumer.ts'
import type { Dependencies, Free, Installation, PluginInstallation, Unconfigured, Under } from './installation.ts'
import type { IntegrationTypes } from './integration-definition.ts'
import type { Carrier, OfKind } from './members.ts'
import type { Implemented } from './package.ts'
import type { ObjectSchema } from './schema.ts'
import type { ToolInput } from './tools.ts'
import { checkConsumer } from './validation/check-consumer.ts'

/** The record type of a bot: what it has installed, by alias, and what it declares of its own. */
export type BotTypes<TIntegrations = object, TPlugins = object, TOwn = ConsumerTypes> = {
  integrations: TIntegrations
  plugins: TPlugins
  own: TOwn
}

/** What is installed. The kind stands first, so that another kind is refused for what it is. */
type Installed<TKind extends string, TTypes, TPackaged> = OfKind<TKind, TTypes> & {
  readonly packaged?: TPackaged
} & Implemented<TPackaged>

// The fields of a definition are those of its data: said once, in `bot-data.ts`.
// oxlint-disable-next-line eslint/no-unused-vars -- a class and its interface have the same parameters
export interface Bot<TIntegrations, TPlugins, TOwn extends ConsumerTypes> extends BotData<TOwn> {}
// The parameters are apart, not one record: a type argument is resolved when it is made, so a chain of a hundred calls has no depth.
export class Bot<TIntegrations, TPlugins, TOwn extends ConsumerTypes> {
  /** For the compiler alone. */
  declare readonly $types: BotTypes<TIntegrations, TPlugins, TOwn>
  readonly kind = 'bot'

  constructor(props: BotProps<Needs>) {
    checkConsumer('bot', props)
    Object.assign(this, readBot(props))
  }

  /**
   * Installs an integration. Mutates the bot and returns it; only the returned type knows of the installation.
   * What its configuration lacks is told when the bot starts, together with everything else that does not fit.
   * @throws {DefinitionError} with the code `definition_invalid`: the alias is taken, say, or a channel does not exist.
   */
  // What is installed is inferred from `this`: parameters of the class would be instantiated anew for every call of a chain, which makes its cost quadratic.
  addIntegration<
    TIntegrations,
    TPlugins,
    TOwn extends ConsumerTypes,
    TIntegration extends IntegrationTypes,
    TPackaged,
    const TAlias extends string = TIntegration['name'],
    TConfiguration extends keyof TIntegration['configurations'] = 'default',
  >(
    this: Bot<TIntegrations, TPlugins, TOwn>,
    integration: Installed<'integration', TIntegration, TPackaged> & Free<TIntegrations & TPlugins, TAlias>,
    options: Installation<TIntegration, TAlias, TConfiguration>,
  ): Bot<TIntegrations & Under<TAlias, TIntegration>, TPlugins, TOwn>
  addIntegration<TIntegrations, TPlugins, TOwn extends ConsumerTypes, TIntegration extends IntegrationTypes, TPackaged>(
    this: Bot<TIntegrations, TPlugins, TOwn>,
    integration: Installed<'integration', TIntegration, TPackaged> &
      Free<TIntegrations & TPlugins, TIntegration['name']> &
      Unconfigured<TIntegration['name'], TIntegration['configurations']['default']['input']>,
  ): Bot<TIntegrations & Under<TIntegration['name'], TIntegration>, TPlugins, TOwn>
  addIntegration(integration: unknown, options?: object): never {
    recordIntegration(this, integration, options)
    return this as never
  }

  /**
   * Installs a plugin; each of its needs can be bound to an installed integration that meets it.
   * A binding that does not fit is told when the bot starts, together with everything else that does not fit.
   * @throws {DefinitionError} with the code `definition_invalid`: the alias is taken, say, or there is no such need.
   */
  addPlugin<
    TIntegrations,
    TPlugins,
    TOwn extends ConsumerTypes,
    TPlugin extends ConsumerTypes,
    TPackaged,
    const TDependencies extends Dependencies<TPlugin>,
    const TAlias extends string = TPlugin['name'],
    const TTools extends readonly ToolInput[] = readonly [],
  >(
    this: Bot<TIntegrations, TPlugins, TOwn>,
    plugin: Installed<'plugin', TPlugin, TPackaged> & Free<TIntegrations & TPlugins, TAlias>,
    options: PluginInstallation<BotTypes<TIntegrations, TPlugins, TOwn>, TPlugin, TAlias, TDependencies, TTools>,
  ): Bot<TIntegrations, TPlugins & Under<TAlias, TPlugin>, TOwn>
  addPlugin<TIntegrations, TPlugins, TOwn extends ConsumerTypes, TPlugin extends ConsumerTypes, TPackaged>(
    this: Bot<TIntegrations, TPlugins, TOwn>,
    plugin: Installed<'plugin', TPlugin, TPackaged> &
      Free<TIntegrations & TPlugins, TPlugin['name']> &
      Unconfigured<TPlugin['name'], TPlugin['configuration']['input']>,
  ): Bot<TIntegrations, TPlugins & Under<TPlugin['name'], TPlugin>, TOwn>
  addPlugin(plugin: unknown, options?: object): never {
    recordPlugin(this, plugin, options)
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
export const BotDefinition = Bot as unknown as new <
  const TProps extends object = {},
  TNeeds extends Needs = {},
  TConfiguration extends ObjectSchema = never,
>(
  props?: TProps & BotProps<TNeeds, TConfiguration>,
) => Bot<{}, {}, ConsumerTypesOf<TProps>>
