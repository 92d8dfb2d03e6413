import type { Logger } from '../../implementation/logger.ts'
import { wakeAll } from '../pipeline/wake-all.ts'
import type { Clock } from '../ports/clock.ts'
import type { Queue } from '../ports/queue.ts'
import type { Store } from '../ports/store.ts'
import type { HeardState } from '../ports/time-store.ts'
import type { RecurringEvents } from './recurring-events.ts'

/** What the timekeeper works with. */
export interface TimekeeperServices {
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  readonly logger: Logger
  readonly stopping: AbortSignal
  /** The states whose expiry has handlers. */
  readonly heard: readonly HeardState[]
  readonly recurring: RecurringEvents
  /** Milliseconds for which deliveries and events are kept. */
  readonly retention: number
}

/** What was set meanwhile is found after at most so many milliseconds, and so is a clock that was set anew. */
const longestWait = 1000
/** How much is done in one unit, so that others have their turn. */
const batch = 100
/** Milliseconds before what is old is looked for, and between two times. */
const prunings = { first: 60_000, next: 3_600_000 }

/**
 * Does what the time asks for. Every process has one: what is due is taken in one unit of the store, so each thing
 * happens once, whichever process comes first.
 */
export class Timekeeper implements AsyncDisposable {
  readonly #services: TimekeeperServices
  #keeping: Promise<void> = Promise.resolve()
  /** When what is old is looked for. */
  #pruneAt: number | undefined

  constructor(services: TimekeeperServices) {
    this.#services = services
  }

  /** Does what has become due while no process ran, and goes on from there. */
  async start(): Promise<void> {
    this.#keeping = this.#keep(await this.#attempt())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keeping
  }

  async #keep(first: number): Promise<void> {
    const { clock, stopping } = this.#services
    let wait = first
    for (;;) {
      try {
        await clock.sleep(wait, stopping)
      } catch {
        return
      }
      wait = await this.#attempt()
    }
  }

  async #attempt(): Promise<number> {
    try {
      return Math.min(await this.#round(), longestWait)
    } catch (error) {
      const { logger, stopping } = this.#services
      if (!stopping.aborted) logger.error('what is due could not be done, and is tried again', { error })
      return longestWait
    }
  }

  /** Does some of what is due. Gives how many milliseconds there are until the next time. */
  async #round(): Promise<number> {
    const { store, queue, heard, recurring, retention } = this.#services
    const { now, next } = await store.lookAhead()
    const slots = await recurring.round(now)
    await wakeAll(queue, slots.lanes)
    if (next !== undefined && next <= now) {
      await wakeAll(queue, await store.settleDue({ heard, limit: batch }))
      return 0
    }
    this.#pruneAt ??= now + prunings.first
    if (this.#pruneAt <= now) {
      const more = await store.prune({ retention, limit: batch })
      this.#pruneAt = more ? now : now + prunings.next
      return 0
    }
    return Math.min(next ?? Infinity, slots.next ?? Infinity) - now
  }
}
