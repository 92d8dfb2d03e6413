import type { ErrorCode } from '../errors/index.ts'

/** Why something failed, with what is secret masked. */
export interface Failure {
  /** `handler_failed` for what was thrown without a code. */
  readonly code: ErrorCode
  readonly message: string
  /** Whether the same may succeed later. */
  readonly retryable: boolean
}
