import type { Where } from './plugboard-error.ts'
import type { Problem } from './problem.ts'
import { ProblemsError } from './problems-error.ts'

/** A definition, or an `extend()` of it, that is wrong. Thrown when it is declared. */
export class DefinitionError extends ProblemsError {
  override readonly name: string = 'DefinitionError'

  constructor(
    subject: string,
    problems: readonly Problem[],
    where?: Where,
    code: 'definition_invalid' | 'extension_invalid' | 'implementation_invalid' = 'definition_invalid',
  ) {
    super(code, subject, problems, where)
  }
}
