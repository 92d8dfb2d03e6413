import { type ErrorCode, PlugboardError } from '../errors/index.ts'

/**
 * A service that could not be resolved. Where a factory or constructor threw an error of Plugboard, this has its code,
 * place and retry hints; `cause` is what was thrown.
 */
export class ResolutionError extends PlugboardError {
  override readonly name: string = 'ResolutionError'
  /** How the container came there, outermost first: the scopes that were asked, then the tokens. */
  readonly resolutionPath: readonly string[]

  constructor(code: ErrorCode, resolutionPath: readonly string[], problem: string, cause?: unknown) {
    const message = `${resolutionPath.join(' › ')}: ${problem}`
    if (PlugboardError.isInstance(cause)) {
      const { retryable, retryAfter, where } = cause
      super({ code, message, retryable, retryAfter, where, cause })
    } else {
      super({ code, message, cause })
    }
    this.resolutionPath = resolutionPath
  }

  /** The error for a factory or constructor that threw. */
  static thrownBy(resolutionPath: readonly string[], cause: unknown): ResolutionError {
    if (cause instanceof ResolutionError) return cause
    const code = PlugboardError.isInstance(cause) ? cause.code : 'factory_failed'
    return new ResolutionError(code, resolutionPath, cause instanceof Error ? cause.message : String(cause), cause)
  }
}
