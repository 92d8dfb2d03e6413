import { PlugboardError } from '../../errors/index.ts'
import type { PolicyNotice, PolicyServices } from './call.ts'

interface Timer {
  readonly at: number
  readonly fire: () => void
}

/** A clock that goes only when it is told to, with the other services of policies. */
export class VirtualClock implements PolicyServices {
  /** What `random` gives. */
  chance = 1
  /** What was reported. */
  readonly notices: PolicyNotice[] = []
  /** How long everyone wanted to sleep, in order. */
  readonly sleeps: number[] = []
  #time = 1_700_000_000_000
  readonly #timers = new Set<Timer>()

  readonly now = (): number => this.#time
  readonly random = (): number => this.chance
  readonly report = (notice: PolicyNotice): void => void this.notices.push(notice)

  /** How many timers are left. */
  get timers(): number {
    return this.#timers.size
  }

  readonly sleep = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
    this.sleeps.push(milliseconds)
    return new Promise((resolve, reject) => {
      const timer: Timer = {
        at: this.#time + milliseconds,
        fire: () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        },
      }
      const abort = (): void => {
        this.#timers.delete(timer)
        reject(new PlugboardError({ code: 'aborted', message: 'the wait was aborted' }))
      }
      this.#timers.add(timer)
      if (signal?.aborted) abort()
      else signal?.addEventListener('abort', abort, { once: true })
    })
  }

  /** Lets everything happen that waits for no time. */
  async settle(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }

  /** Lets so many milliseconds pass, and everything happen meanwhile, in order. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds
    await this.settle()
    for (;;) {
      const [next] = [...this.#timers].toSorted((a, b) => a.at - b.at)
      if (!next || next.at > end) break
      this.#timers.delete(next)
      this.#time = Math.max(this.#time, next.at)
      next.fire()
      await this.settle()
    }
    this.#time = end
  }

  /** Sets the clock without letting time pass. */
  set(time: number): void {
    this.#time = time
  }
}
