import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** What pauses work with. */
export interface PauseServices {
  readonly store: Store
  readonly clock: Clock
  readonly announcer: Announcer
}

/** What is announced when there is a new one. */
const topic = 'pauses'
/** The longest pause, in milliseconds. */
export const longestPause = 3_600_000
/** Milliseconds between two of those who waited for its end. */
const apart = 20

/**
 * What platforms have asked for by `Retry-After`: nothing goes there until then, whoever would send it, in any process.
 * Kept in the store over restarts; looked up in memory, since it is looked up for everything that is sent.
 */
export class Pauses {
  readonly #services: PauseServices
  readonly #pauses = new Map<string, { readonly until: number; waiting: number }>()

  constructor(services: PauseServices) {
    this.#services = services
    services.announcer.listen(topic, () => void this.follow().catch(() => {}))
  }

  /** Whether there may be any. */
  get any(): boolean {
    return this.#pauses.size > 0
  }

  /**
   * How many milliseconds are left until all of the pauses have ended; 0 where there are none. Those who ask are told
   * times one after another, so that they do not all come at once.
   */
  left(...keys: readonly string[]): number {
    if (this.#pauses.size === 0) return 0
    const now = this.#services.clock.now()
    let left = 0
    for (const key of keys) {
      const pause = this.#pauses.get(key)
      if (!pause) continue
      if (pause.until <= now) {
        this.#pauses.delete(key)
        continue
      }
      left = Math.max(left, pause.until - now + pause.waiting * apart)
      pause.waiting += 1
    }
    return left
  }

  /** Pauses what goes under a key for so many milliseconds; an hour at most. */
  async begin(key: string, milliseconds: number): Promise<void> {
    const { store, clock, announcer } = this.#services
    const until = clock.now() + Math.min(milliseconds, longestPause)
    this.#note(key, until)
    await store.pauseUntil(key, until)
    await announcer.announce(topic).catch(() => {})
  }

  /** Learns of the pauses that other processes have begun. */
  async follow(): Promise<void> {
    for (const { key, until } of await this.#services.store.listPauses()) this.#note(key, until)
  }

  #note(key: string, until: number): void {
    const known = this.#pauses.get(key)
    // Who has paused is the first to come back.
    if (!known || known.until < until) this.#pauses.set(key, { until, waiting: 1 })
  }
}

/** The keys under which everything of an installation waits, its messages, and the calls of one of its actions. */
export const pauseKeys = {
  all: (alias: string): string => alias,
  messages: (alias: string): string => `${alias} messages`,
  calls: (alias: string, action: string): string => `${alias} calls ${action}`,
}
