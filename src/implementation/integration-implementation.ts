import { DefinitionError, type Problem } from '../errors/index.ts'
import type { IntegrationDefinition, IntegrationTypes } from '../definition/integration-definition.ts'
import type { Carrier } from '../definition/members.ts'
import { seal } from '../definition/package.ts'
import { checkIntegrationHandlers } from './check-handlers.ts'
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

  constructor(...given: [Carrier<T>, object] | [object]) {
    const [definition, handlers] = (given.length === 2 ? given : [undefined, given[0]]) as [
      IntegrationDefinition<T> | undefined,
      object,
    ]
    this.definition = definition
    this.handlers = Object.freeze({ ...handlers }) as never
    if (definition) {
      seal(definition)
      const problems: Problem[] = checkIntegrationHandlers(definition, this.handlers)
      if (problems.length > 0)
        throw new DefinitionError(
          `the implementation of integration '${definition.name}'`,
          problems,
          { integration: definition.name },
          'implementation_invalid',
        )
    }
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
    definition: Carrier<T>,
    handlers: NoInfer<IntegrationHandlers<T>>,
  ): IntegrationImplementation<T>
  new (handlers: LooseIntegrationHandlers): IntegrationImplementation<LooseIntegrationTypes>
}
