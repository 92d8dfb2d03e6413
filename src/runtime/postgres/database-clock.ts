import { systemClock } from '../memory/system-clock.ts'
import type { Clock } from '../ports/clock.ts'
import type { Database } from './database.ts'

/** How often the clock is set, in milliseconds. */
const interval = 10_000
/** How many answers are compared: the quickest one tells best. */
const samples = 3

/**
 * The time of the database, so that processes on machines whose clocks differ agree. It goes on by the steady clock of
 * the process, which nobody sets, and is set by the database now and then; off by at most half of what an answer takes.
 */
export class DatabaseClock implements Clock, Disposable {
  readonly #database: Database
  readonly #steady: () => number
  /** What is added to the steady clock. */
  #offset: number
  #timer: NodeJS.Timeout | undefined

  private constructor(database: Database, steady: () => number, offset: number) {
    this.#database = database
    this.#steady = steady
    this.#offset = offset
  }

  /** @param steady Milliseconds by a clock that is never set. Default: that of the process. */
  static async start(database: Database, steady: () => number = () => performance.now()): Promise<DatabaseClock> {
    const clock = new DatabaseClock(database, steady, await offsetBy(database, steady))
    clock.#timer = setInterval(() => void clock.set(), interval)
    clock.#timer.unref()
    return clock
  }

  now(): number {
    return Math.floor(this.#steady() + this.#offset)
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(milliseconds, signal)
  }

  /** Sets it by the database; while that cannot be reached, it goes on. */
  async set(): Promise<void> {
    try {
      this.#offset = await offsetBy(this.#database, this.#steady)
    } catch {
      // The next time.
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

async function offsetBy(database: Database, steady: () => number): Promise<number> {
  let best = { took: Infinity, offset: 0 }
  for (let sample = 0; sample < samples; sample += 1) {
    const asked = steady()
    const [answer] = await database.query<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
    )
    const took = steady() - asked
    if (took < best.took) best = { took, offset: (answer?.now as number) - asked - took / 2 }
  }
  return best.offset
}
