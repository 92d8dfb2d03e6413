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
