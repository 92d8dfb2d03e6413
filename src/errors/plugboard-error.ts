import type { ErrorCode } from './codes.ts'

const marker = Symbol.for('plugboard.error')

/** Where an error happened: the parts of the composition, outermost first, and the path inside a schema. */
export interface Where {
  bot?: string
  plugin?: string
  /** The name under which a plugin or bot needs an interface. */
  need?: string
  interface?: string
  /** The alias of the installation, or the name of the integration where there is no installation. */
  integration?: string
  action?: string
  event?: string
  channel?: string
  /** The place inside the value or definition, such as `messages.0.content`. */
  path?: string
}

/** Whom a platform asks to wait. */
export type RetryScope = 'conversation' | 'installation'

/** What an error is made from. */
export interface PlugboardErrorOptions {
  code: ErrorCode
  message: string
  /** Whether the same call may succeed later. Default: false. */
  retryable?: boolean
  /** How long to wait before the next attempt, in milliseconds, where it is known. */
  retryAfter?: number
  /**
   * Whom the platform asks to wait: what goes to the same conversation, or everything of the installation. Default: all
   * messages of the installation, where a channel throws it; calls of the same action, where an action does that has rate limits.
   */
  retryScope?: RetryScope
  where?: Where
  cause?: unknown
}

/** The base of every error that Plugboard throws. Its `code` is stable; its message is for people. */
export class PlugboardError extends Error {
  override readonly name: string = 'PlugboardError'
  /** A stable code, listed in `errorCodes` of `plugboard/errors`. */
  readonly code: ErrorCode
  /** Whether the same call may succeed later. */
  readonly retryable: boolean
  /** How long to wait before the next attempt, in milliseconds; undefined where it is not known. */
  readonly retryAfter: number | undefined
  /** Whom the platform asks to wait; undefined where it does not say. */
  readonly retryScope: RetryScope | undefined
  /** Where it happened. */
  readonly where: Where

  constructor({ code, message, retryable = false, retryAfter, retryScope, where = {}, cause }: PlugboardErrorOptions) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryable = retryable
    this.retryAfter = retryAfter
    this.retryScope = retryScope
    this.where = where
    Object.defineProperty(this, marker, { value: true })
  }

  /** Whether a value is an error of Plugboard, even of another copy of the package. */
  static isInstance(value: unknown): value is PlugboardError {
    return value instanceof Error && Object.hasOwn(value, marker)
  }
}
