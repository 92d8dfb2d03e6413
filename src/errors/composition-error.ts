import type { Where } from './plugboard-error.ts'
import type { Problem } from './problem.ts'
import { ProblemsError } from './problems-error.ts'

/** A bot whose parts do not fit together. Thrown when it is composed or started. */
export class CompositionError extends ProblemsError {
  override readonly name: string = 'CompositionError'

  constructor(
    subject: string,
    problems: readonly Problem[],
    where?: Where,
    code: 'composition_invalid' | 'configuration_invalid' = 'composition_invalid',
  ) {
    super(code, subject, problems, where)
  }
}
