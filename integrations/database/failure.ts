import { PlugboardError } from 'plugboard'

/** What a request that is wrong is refused with. */
export function refusal(message: string, path?: string, cause?: unknown): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, ...(path !== undefined && { where: { path } }), cause })
}

/** What a bot is refused with whose table or collection is not there: somebody may make it at any time. */
export function absence(message: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, retryable: true })
}

/** What a cursor is refused with that stands behind no item of the list. */
export function cursorRefusal(cause?: unknown): PlugboardError {
  return refusal(
    'it is no cursor of this list: give the nextCursor of a page, or none for the first one',
    'cursor',
    cause,
  )
}

/** What a call that was aborted fails with. */
export function abortion(signal: AbortSignal): PlugboardError {
  const reason: unknown = signal.reason
  if (PlugboardError.isInstance(reason)) return reason
  return new PlugboardError({ code: 'aborted', message: 'the statement was aborted', cause: reason })
}
