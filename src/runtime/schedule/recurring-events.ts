import type { Cron } from 'croner'
import type { Event } from '../../implementation/records.ts'
import type { Store } from '../ports/store.ts'
import type { Schedule } from '../ports/time-store.ts'

/** An event that happens by the clock. */
export interface Recurrence extends Schedule {
  /** Makes the event of a slot. */
  event(): Event | Promise<Event>
}

/** A recurrence, and what comes next of it. */
interface Watched {
  readonly recurrence: Recurrence
  readonly cron: Cron
  /** The slot that is waited for; undefined if none comes any more. */
  next: number | undefined
}

/**
 * Makes recurring events happen, each slot once: every process tries each slot, and the store takes it from the first one.
 * Of the slots that were missed, because no process ran or the clock was put forward, only the latest one happens.
 */
export class RecurringEvents {
  readonly #store: Store
  readonly #recurrences: readonly Recurrence[]
  #watched: readonly Watched[] | undefined
  /** The time of the last round. */
  #looked = 0

  constructor(store: Store, recurrences: readonly Recurrence[]) {
    this.#store = store
    this.#recurrences = recurrences
  }

  /**
   * Makes happen what is due.
   * @param now The time of the store.
   * @returns The lanes in which something waits now, and when the next slot comes.
   */
  async round(now: number): Promise<{ readonly lanes: readonly string[]; readonly next: number | undefined }> {
    this.#watched ??= await this.#begin(now)
    const lanes: string[] = []
    for (const watched of this.#watched) {
      // The clock was put back: what has happened does not happen again, and what was passed over does.
      if (now < this.#looked) watched.next = after(watched.cron, now)
      if (watched.next !== undefined && watched.next <= now) {
        lanes.push(...(await this.#fire(watched, now)))
        watched.next = after(watched.cron, now)
      }
    }
    this.#looked = now
    const times = this.#watched.flatMap(({ next }) => next ?? [])
    return { lanes, next: times.length === 0 ? undefined : Math.min(...times) }
  }

  async #begin(now: number): Promise<readonly Watched[]> {
    const schedules = this.#recurrences.map(({ owner, name, cron }) => ({ owner, name, cron }))
    const last = await this.#store.beginSchedules(schedules)
    if (schedules.length === 0) return []
    // Loaded where there is something to evaluate.
    const { Cron } = await import('croner')
    return this.#recurrences.map((recurrence, index) => {
      const cron = new Cron(recurrence.cron, { timezone: 'UTC', paused: true })
      return { recurrence, cron, next: after(cron, Math.min(last[index] ?? now, now)) }
    })
  }

  async #fire({ recurrence, cron }: Watched, now: number): Promise<readonly string[]> {
    // A slot at this very millisecond counts.
    const slot = cron.previousRuns(1, new Date(now + 1))[0]?.getTime()
    if (slot === undefined) return []
    const { owner, name, cron: expression } = recurrence
    const schedule = { owner, name, cron: expression }
    return (await this.#store.fireSchedule(schedule, slot, await recurrence.event())) ?? []
  }
}

/** The slot that comes after a time. */
function after(cron: Cron, time: number): number | undefined {
  return cron.nextRun(new Date(time))?.getTime()
}
