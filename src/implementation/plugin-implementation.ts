import type { ConsumerTypes } from '../definition/consumer.ts'
import { frozenCopy } from '../definition/frozen-copy.ts'
import type { OfKind } from '../definition/members.ts'
import { seal } from '../definition/package.ts'
import type { PluginDefinition } from '../definition/plugin-definition.ts'
import { checkConsumerHandlers, demandDefinition, refuseHandlers } from './check-handlers.ts'
import type { ConsumerHandlers } from './consumer-handlers.ts'
import { ConsumerImplementation } from './consumer-implementation.ts'

/** The code of a plugin, typed by its definition. */
export class PluginImplementation<T extends ConsumerTypes> extends ConsumerImplementation<T, {}> {
  /** For the compiler alone. */
  declare readonly $types: T
  readonly kind = 'plugin-implementation'
  readonly definition: PluginDefinition<T>
  /** The functions of the plugin's own actions, as data. */
  readonly handlers: ConsumerHandlers<T, {}>

  /**
   * Implements a plugin; `on` takes the handlers of messages and events.
   * @throws {DefinitionError} with the code `implementation_invalid`, and everything that is wrong in `problems`.
   */
  constructor(
    definition: OfKind<'plugin', T>,
    ...[handlers]: {} extends ConsumerHandlers<T, {}>
      ? [handlers?: NoInfer<ConsumerHandlers<T, {}>>]
      : [handlers: NoInfer<ConsumerHandlers<T, {}>>]
  ) {
    super()
    demandDefinition('plugin', definition)
    this.definition = definition as never
    this.handlers = frozenCopy({ ...handlers }) as never
    const problems = checkConsumerHandlers('plugin', this.definition, handlers)
    refuseHandlers('plugin', this.definition.name, problems)
    seal(this.definition)
  }
}
