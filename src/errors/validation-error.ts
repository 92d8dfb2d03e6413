import type { ErrorCode } from './codes.ts'
import { PlugboardError, type Where } from './plugboard-error.ts'

/** One place where a value does not fit its schema. */
export interface Issue {
  /** The place inside the value, such as `messages.0.content`; empty for the value itself. */
  readonly path: string
  readonly message: string
}

/** A value that does not fit its schema. It never holds the value itself, which may be secret. */
export class ValidationError extends PlugboardError {
  override readonly name: string = 'ValidationError'
  readonly issues: readonly Issue[]

  constructor(code: ErrorCode, subject: string, issues: readonly Issue[], where: Where = {}) {
    const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    super({
      code,
      message: `${subject} is invalid: ${lines.join('; ')}`,
      where: { ...where, path: issues[0]?.path ?? '' },
    })
    this.issues = issues
  }
}
