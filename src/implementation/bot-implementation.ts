import type { BotDefinition, BotTypes } from '../definition/bot-definition.ts'
import type { ConsumerTypes } from '../definition/consumer.ts'
import { frozenCopy } from '../definition/frozen-copy.ts'
import type { OfKind } from '../definition/members.ts'
import { checkConsumerHandlers, demandDefinition, refuseHandlers } from './check-handlers.ts'
import type { ConsumerHandlers, InstalledActions, InstalledEvents } from './consumer-handlers.ts'
import { ConsumerImplementation } from './consumer-implementation.ts'

/** The code of a bot, typed by its definition. */
export class BotImplementation<TIntegrations, TPlugins, TOwn extends ConsumerTypes> extends ConsumerImplementation<
  TOwn,
  InstalledActions<TIntegrations & TPlugins>,
  InstalledEvents<TIntegrations & TPlugins>
> {
  /** For the compiler alone. */
  declare readonly $types: BotTypes<TIntegrations, TPlugins, TOwn>
  readonly kind = 'bot-implementation'
  readonly definition: BotDefinition<TIntegrations, TPlugins, TOwn>
  /** The functions of the bot's own actions, as data. */
  readonly handlers: ConsumerHandlers<TOwn, InstalledActions<TIntegrations & TPlugins>>

  /**
   * Implements a bot; `on` takes the handlers of messages and events.
   * @throws {DefinitionError} with the code `implementation_invalid`, and everything that is wrong in `problems`.
   */
  constructor(
    definition: OfKind<'bot', BotTypes<TIntegrations, TPlugins, TOwn>>,
    ...[handlers]: {} extends ConsumerHandlers<TOwn, {}>
      ? [handlers?: NoInfer<ConsumerHandlers<TOwn, InstalledActions<TIntegrations & TPlugins>>>]
      : [handlers: NoInfer<ConsumerHandlers<TOwn, InstalledActions<TIntegrations & TPlugins>>>]
  ) {
    super()
    demandDefinition('bot', definition)
    this.definition = definition as never
    this.handlers = frozenCopy({ ...handlers }) as never
    const problems = checkConsumerHandlers('bot', this.definition, handlers)
    refuseHandlers('bot', this.definition.name, problems)
  }
}
