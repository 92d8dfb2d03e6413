import { PlugboardError, type Where } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'

/** A signal that aborts with the other one, or when the time is up. `end` lets the timer go. */
export interface Deadline {
  readonly signal: AbortSignal
  end(): void
}

/** Why a deadline is no longer waited for. One is enough: to make an error each time costs more than all else here. */
const inTime = new PlugboardError({ code: 'aborted', message: 'it was done in time' })

/**
 * Ends what takes longer than so many milliseconds, with the code `timeout`.
 * @param retryable Whether it may be tried again then. Default: true.
 */
export function deadline(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
  where: Where,
  retryable = true,
): Deadline {
  const over = new AbortController()
  const done = new AbortController()
  clock.sleep(milliseconds, done.signal).then(
    () =>
      over.abort(
        new PlugboardError({
          code: 'timeout',
          message: `it was not done within ${milliseconds} ms`,
          retryable,
          where,
        }),
      ),
    () => {},
  )
  return { signal: AbortSignal.any([signal, over.signal]), end: () => done.abort(inTime) }
}
