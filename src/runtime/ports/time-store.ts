import type { Event } from '../../implementation/records.ts'

/** A state whose owner has handlers for its expiry. */
export interface HeardState {
  readonly owner: string
  readonly name: string
}

/** A recurring event, as a process declares it. */
export interface Schedule {
  readonly owner: string
  readonly name: string
  readonly cron: string
}

/** What happens by the clock, which is that of the store. */
export interface TimeStore {
  /** The time of the store, and when something is due in it next; in milliseconds since 1970. */
  lookAhead(): Promise<{ readonly now: number; readonly next: number | undefined }>
  /**
   * Does what is due, at most `limit` of a kind: takes states away that have expired, and puts those that are heard into
   * their lanes; ends workflows whose time is over, and lets those go on that have waited. Gives the lanes in which
   * something waits now.
   */
  settleDue(given: { readonly heard: readonly HeardState[]; readonly limit: number }): Promise<readonly string[]>
  /**
   * Notes the schedules of a bot, and forgets the others. Gives the last slot of each that has happened, in milliseconds since
   * 1970; for one that is new or was changed, now.
   */
  beginSchedules(schedules: readonly Schedule[]): Promise<readonly number[]>
  /**
   * Makes the event of a slot happen. Gives the lanes in which something waits now; undefined if the slot has happened before.
   * @param slot Milliseconds since 1970.
   */
  fireSchedule(schedule: Schedule, slot: number, event: Event): Promise<readonly string[] | undefined>
  /**
   * Deletes what nobody needs any more, at most `limit` of a kind: the keys of deliveries and the events that are older than so
   * many milliseconds, but for those that wait for their handlers, and the bytes of uploads that came to nothing. Tells
   * whether there may be more.
   */
  prune(given: { readonly retention: number; readonly limit: number }): Promise<boolean>
}
