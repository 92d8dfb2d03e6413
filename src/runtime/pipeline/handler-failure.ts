import { PlugboardError } from '../../errors/index.ts'
import type { Claim } from '../ports/claim.ts'
import type { Failure } from '../ports/lane-store.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'

/** A handler that has failed, as it is told within the process. */
export interface HandlerFailure {
  /** As it was thrown, with its stack: what is secret in it is not masked. */
  readonly error: unknown
  /** The conversation of what was to be handled, where it has one. */
  readonly conversationId: string | undefined
  /** Whether it is to be tried again. */
  readonly again: boolean
  /** Whether the bot was told how to try again, by `retries`. */
  readonly isTold: boolean
}

/** Is told of every handler that fails. Gives `put aside` for one that is not to be tried again. */
export type FailureObserver = (failure: HandlerFailure) => 'put aside' | undefined

/** Why it failed, with what is secret masked. */
export function failureOf(error: unknown, mask: SecretMask, code = 'handler_failed'): Failure {
  return {
    code: PlugboardError.isInstance(error) ? error.code : code,
    message: mask.text(error instanceof Error ? error.message : String(error)),
  }
}

/** Why what a process has ended over again and again is put aside. */
export const crashOf = ({ claims }: Claim): Failure => ({
  code: 'handler_crashed',
  message: `the process ended ${claims - 1} times while it worked on this`,
})

/** Whether it is the store that failed, or the lane that was lost: nothing can be noted then. */
export function isOfTheStore(error: unknown): boolean {
  return PlugboardError.isInstance(error) && (error.code === 'lease_lost' || error.code === 'store_failed')
}
