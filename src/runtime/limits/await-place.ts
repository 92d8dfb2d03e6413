import { PlugboardError, type Where } from '../../errors/index.ts'
import { aborted } from '../calls/located.ts'
import type { Clock } from '../ports/clock.ts'
import type { Limit, LimitStore, Place } from '../ports/limit-store.ts'

/** What a call needs in order to wait. */
export interface PlaceServices {
  readonly store: LimitStore
  readonly clock: Clock
  /** How many milliseconds are left of what the platform has asked for. */
  pause(): number
}

/** Which call waits, and for how long. */
export interface Waiting {
  readonly limits: readonly Limit[]
  readonly signal: AbortSignal | undefined
  /** When it must have ended, in milliseconds since 1970. */
  readonly deadline: number | undefined
  readonly where: Where
}

/** Milliseconds for which a call waits that may take as long as it likes. */
const usualPatience = 30_000

/**
 * Waits until a call has a place, as long as it has time.
 * @throws {PlugboardError} with the code `rate_limited`, as soon as it is known that there will be none in time.
 */
export async function awaitPlace(
  { store, clock, pause }: PlaceServices,
  { limits, signal, deadline, where }: Waiting,
): Promise<void> {
  const until = deadline ?? clock.now() + usualPatience
  let promised = false
  for (;;) {
    const paused = pause()
    const patience = Math.max(0, until - clock.now())
    const place: Place =
      paused > 0 || limits.length === 0
        ? { wait: paused, promised }
        : await store.takePlace(limits, { promised, patience })
    if (place.wait === 0) return
    if (place.wait > patience)
      throw new PlugboardError({
        code: 'rate_limited',
        message:
          paused > 0
            ? `integration '${where.integration}' was not called: its platform has asked to wait`
            : `action '${where.action}' was not called: integration '${where.integration}' allows no more calls for now`,
        retryable: true,
        retryAfter: place.wait,
        where,
      })
    promised = place.promised
    try {
      await clock.sleep(place.wait, signal)
    } catch (error) {
      throw signal ? aborted(where, signal) : error
    }
  }
}
