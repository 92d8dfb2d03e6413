import type { IntegrationDefinition, IntegrationTypes } from '../definition/integration-definition.ts'
import type { OfKind } from '../definition/members.ts'
import { seal } from '../definition/package.ts'
import { isRecord } from '../definition/validation/check-fields.ts'
import { frozenCopy } from '../definition/frozen-copy.ts'
import { checkIntegrationHandlers, checkLooseHandlers, demandDefinition, refuseHandlers } from './check-handlers.ts'
import type { IntegrationHandlers } from './integration-handlers.ts'
import type { LooseIntegrationHandlers, LooseIntegrationTypes } from './loose-handlers.ts'

class Implementation<T extends IntegrationTypes> {
  /** For the compiler alone. */
  declare readonly $types: T
  readonly kind = 'integration-implementation'
  /** The definition; undefined where the handlers were given alone. */
  readonly definition: IntegrationDefinition<T> | undefined
  /** The functions, as data. */
  readonly handlers: IntegrationHandlers<T>

  constructor(...given: readonly unknown[]) {
    const loose = given.length < 2 && isRecord(given[0]) && given[0].kind === undefined
    const [definition, handlers] = loose ? [undefined, given[0]] : given
    if (!loose) demandDefinition('integration', definition)
    this.definition = definition as IntegrationDefinition<T> | undefined
    this.handlers = frozenCopy({ ...(handlers as object) }) as never
    if (this.definition) {
      refuseHandlers('integration', this.definition.name, checkIntegrationHandlers(this.definition, handlers))
      seal(this.definition)
    } else refuseHandlers('integration', '', checkLooseHandlers(handlers))
  }
}

/** The code of an integration, typed by its definition. */
export type IntegrationImplementation<T extends IntegrationTypes = IntegrationTypes> = Implementation<T>
/**
 * Implements an integration. With its definition, every handler is typed, and nothing can be missing or too much;
 * with the handlers alone, for a definition that was extended by statement, they are checked when the integration is installed.
 * @throws {DefinitionError} with the code `implementation_invalid`, and everything that is wrong in `problems`.
 */
export const IntegrationImplementation = Implementation as unknown as {
  new <T extends IntegrationTypes>(
    definition: OfKind<'integration', T>,
    handlers: NoInfer<IntegrationHandlers<T>>,
  ): IntegrationImplementation<T>
  new (handlers: LooseIntegrationHandlers): IntegrationImplementation<LooseIntegrationTypes>
}
