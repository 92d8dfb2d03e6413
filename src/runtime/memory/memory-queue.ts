import type { LaneWorker, Queue } from '../ports/queue.ts'

/** Wakes workers in the memory of the process. */
export class MemoryQueue implements Queue {
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  #worker: LaneWorker | undefined
  #closed = false

  async wake(lane: string): Promise<void> {
    if (this.#closed) return
    if (!this.#worker || this.#running.has(lane)) this.#again.add(lane)
    else this.#run(lane, this.#worker)
  }

  async start(worker: LaneWorker): Promise<void> {
    this.#worker = worker
    const waiting = [...this.#again]
    this.#again.clear()
    for (const lane of waiting) this.#run(lane, worker)
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#again.clear()
    await this.idle()
  }

  #run(lane: string, worker: LaneWorker): void {
    const work = async (): Promise<void> => {
      try {
        await worker(lane)
      } finally {
        this.#running.delete(lane)
        if (this.#again.delete(lane) && !this.#closed) this.#run(lane, worker)
      }
    }
    // The worker deals with failures itself; one that comes through here is a defect and ends the process.
    this.#running.set(lane, Promise.resolve().then(work))
  }
}
