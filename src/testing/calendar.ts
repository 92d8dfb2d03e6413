import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from 'plugboard/runtime'

/** A clock that goes on from a date, which a test may change: for what a bot does after days. Nobody waits the less for it. */
export class Calendar implements Clock {
  #offset = 0

  /** What time it is, in milliseconds since 1970. */
  set date(date: number) {
    this.#offset = date - Date.now()
  }

  now(): number {
    return Date.now() + this.#offset
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleep(milliseconds, undefined, signal && { signal })
  }
}
