import type { Clock } from '../ports/clock.ts'
import type { LaneWorker, Queue } from '../ports/queue.ts'

/** Wakes workers within the process. What waits is in the store, so a queue may forget. */
export class MemoryQueue implements Queue {
  readonly #clock: Clock
  readonly #concurrency: number
  readonly #onFree: () => void
  /** The lanes that are worked on, or that wait for their time. */
  readonly #active = new Map<string, Promise<void>>()
  /** Those that wait for their time: aborting wakes one early. */
  readonly #sleeping = new Map<string, AbortController>()
  /** Those to be worked on once more, as something came meanwhile. */
  readonly #again = new Set<string>()
  /** Those that wait for others to be done. */
  readonly #waiting: (() => void)[] = []
  #free: number
  #worker: LaneWorker | undefined
  #closed = false

  /**
   * @param concurrency How many lanes are worked on at once. Default: 1000.
   * @param onFree Called when a lane is done with for now and its place is free.
   */
  constructor(clock: Clock, concurrency = 1000, onFree: () => void = () => {}) {
    this.#clock = clock
    this.#onFree = onFree
    this.#concurrency = concurrency
    this.#free = concurrency
  }

  async wake(lane: string): Promise<void> {
    if (this.#closed) return
    this.#sleeping.get(lane)?.abort()
    if (!this.#worker || this.#active.has(lane)) this.#again.add(lane)
    else this.#begin(lane, this.#worker)
  }

  async start(worker: LaneWorker): Promise<void> {
    this.#worker = worker
    const waiting = [...this.#again]
    this.#again.clear()
    for (const lane of waiting) this.#begin(lane, worker)
  }

  async idle(): Promise<void> {
    while (this.#active.size > 0) await Promise.all(this.#active.values())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#again.clear()
    for (const sleep of this.#sleeping.values()) sleep.abort()
    for (const next of this.#waiting.splice(0)) next()
    await this.idle()
  }

  /** How many lanes are worked on now. */
  get working(): number {
    return this.#concurrency - this.#free
  }

  /** How many more could be. */
  get free(): number {
    return this.#free
  }

  /** Whether a lane is worked on, or waits for its time. */
  has(lane: string): boolean {
    return this.#active.has(lane)
  }

  #begin(lane: string, worker: LaneWorker): void {
    // The worker deals with failures itself; one that comes through here is a defect and ends the process.
    this.#active.set(lane, this.#work(lane, worker))
  }

  async #work(lane: string, worker: LaneWorker): Promise<void> {
    try {
      let wait: number | undefined
      do {
        if (wait !== undefined) await this.#sleep(lane, wait)
        this.#again.delete(lane)
        wait = await this.#turn(() => worker(lane))
      } while (!this.#closed && (wait !== undefined || this.#again.has(lane)))
    } finally {
      this.#active.delete(lane)
    }
  }

  /** Runs when one of the places is free. */
  async #turn<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#free === 0)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    else this.#free -= 1
    try {
      return this.#closed ? undefined : await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else {
        this.#free += 1
        this.#onFree()
      }
    }
  }

  async #sleep(lane: string, milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return
    const controller = new AbortController()
    this.#sleeping.set(lane, controller)
    try {
      await this.#clock.sleep(milliseconds, controller.signal)
    } catch {
      // Woken before its time.
    } finally {
      this.#sleeping.delete(lane)
    }
  }
}
