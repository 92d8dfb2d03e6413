import { PlugboardError, type Where } from '../../errors/index.ts'

/**
 * What a handler threw, as an error of Plugboard that says where it happened. One that is thrown while the caller
 * aborts is the abort, whatever the vendor's SDK calls it.
 * @param retryable Whether what says nothing of itself may go better next time. Default: false.
 */
export function located(
  error: unknown,
  where: Where,
  signal: AbortSignal | undefined,
  retryable = false,
): PlugboardError {
  if (PlugboardError.isInstance(error)) {
    for (const [key, value] of Object.entries(where))
      if (!Object.hasOwn(error.where, key)) Object.assign(error.where, { [key]: value })
    return error
  }
  if (signal?.aborted) return aborted(where, signal)
  const message = error instanceof Error ? error.message : String(error)
  const subject = where.action === undefined ? `channel '${where.channel}'` : `action '${where.action}'`
  return new PlugboardError({
    code: 'vendor_failed',
    message: `${subject} of integration '${where.integration}' failed: ${message}`,
    retryable,
    where,
    cause: error,
  })
}

/** The error of a call that its caller aborted. */
export function aborted(where: Where, signal: AbortSignal): PlugboardError {
  const reason: unknown = signal.reason
  if (PlugboardError.isInstance(reason)) return reason
  return new PlugboardError({
    code: 'aborted',
    message:
      where.action === undefined
        ? 'the handler was aborted'
        : `the call of action '${where.action}' of integration '${where.integration}' was aborted`,
    where,
    cause: reason,
  })
}

/** Rejects when the signal aborts. `release` takes the listener away. */
export function abortion(signal: AbortSignal, where: Where): { readonly rejects: Promise<never>; release(): void } {
  let listener = (): void => {}
  const rejects = new Promise<never>((_, reject) => {
    listener = () => reject(aborted(where, signal))
    if (signal.aborted) listener()
    else signal.addEventListener('abort', listener, { once: true })
  })
  rejects.catch(() => {})
  return { rejects, release: () => signal.removeEventListener('abort', listener) }
}

/** What is running, or a rejection as soon as the signal aborts. */
export async function unlessAborted(running: unknown, signal: AbortSignal, where: Where): Promise<unknown> {
  const abort = abortion(signal, where)
  try {
    return await Promise.race([running, abort.rejects])
  } finally {
    abort.release()
  }
}
