import { v7 as uuid } from 'uuid'
import type { Logger } from '../../implementation/logger.ts'
import { wakeAll } from '../pipeline/wake-all.ts'
import type { Clock } from '../ports/clock.ts'
import type { LaneWorker, Queue } from '../ports/queue.ts'
import type { Store } from '../ports/store.ts'

/** What the heartbeat works with. */
export interface HeartbeatServices {
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  /** Milliseconds after which a process that says nothing is taken for dead. */
  readonly lease: number
  readonly logger: Logger
  readonly stopping: AbortSignal
  /** What is done with every beat. */
  also(): Promise<void>
}

/** Says that this process lives, and takes up what waits and nobody has: what a dead process left, and what is due now. */
export class Heartbeat implements AsyncDisposable {
  /** The name of this process among those that share the store. */
  readonly worker = uuid()
  readonly #services: HeartbeatServices
  #beating: Promise<void> = Promise.resolve()
  /** When the store last heard that this process lives. */
  #heard = Number.NEGATIVE_INFINITY

  constructor(services: HeartbeatServices) {
    this.#services = services
  }

  /** Begins to say that this process lives: from here on it may claim something. */
  async live(): Promise<void> {
    await this.#say()
    this.#beating = this.#beat()
  }

  /** Begins to work. */
  async start(work: LaneWorker): Promise<void> {
    const { store, queue } = this.#services
    await queue.start(work)
    await wakeAll(queue, await store.waitingLanes())
  }

  /** Whether the store has heard within a lease that this process lives, so that its work is not given to others. */
  get alive(): boolean {
    const { clock, lease, stopping } = this.#services
    return !stopping.aborted && clock.now() - this.#heard < lease
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#beating
    await this.#services.store.leave(this.worker)
  }

  async #say(): Promise<void> {
    const { store, clock, lease } = this.#services
    const now = clock.now()
    await store.beat(this.worker, lease)
    this.#heard = now
  }

  async #beat(): Promise<void> {
    const { store, queue, clock, lease, logger, stopping, also } = this.#services
    for (;;) {
      try {
        await clock.sleep(lease / 3, stopping)
      } catch {
        return
      }
      try {
        await this.#say()
        await wakeAll(queue, await store.waitingLanes())
        await also()
      } catch (error) {
        // Another try follows; if all fail for a lease, others take over, and what this process does is shut out.
        logger.error('the store cannot be reached', { error })
      }
    }
  }
}
