import type { PgBoss } from 'pg-boss'
import type { PoolClient } from 'pg'
import { v7 as uuid } from 'uuid'
import { MemoryQueue } from '../memory/memory-queue.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { LaneWorker, Queue } from '../ports/queue.ts'
import { type Database, prepared } from './database.ts'
import { executed, openBoss, queueName as name } from './pg-boss.ts'

/** How the queue works. */
export interface PostgresQueueOptions {
  readonly database: Database
  readonly announcer: Announcer
  readonly clock: Clock
  /** How many lanes this process works on at once. Default: 100. */
  readonly concurrency?: number
}

/** What is announced when there are new ones. */
const topic = 'lanes'
/** How many are taken at once. */
const batch = 100
/** Milliseconds between looks for what was not announced, as when the connection was broken. */
const lookEvery = 2000

/**
 * Wakes lanes in whichever process has a place free. This one has, as a rule: then the lane is worked on at once and
 * nothing is stored. Else the wake-up goes to pg-boss, from which every process takes when it has places free. What
 * waits is in the store and is claimed there, so a wake-up that is lost costs time alone, and one too many costs a look.
 */
export class PostgresQueue implements Queue {
  readonly #database: Database
  readonly #boss: PgBoss
  readonly #local: MemoryQueue
  /** Those to be handed to pg-boss. */
  readonly #outgoing = new Set<string>()
  readonly #unlisten: () => void
  readonly #timer: NodeJS.Timeout
  #sending: Promise<void> | undefined
  #taking: Promise<void> | undefined
  /** Whether wake-ups wait in pg-boss for a place. Then what is new goes there too, so that it does not overtake. */
  #isBehind = false
  /** Whether there may be some: then they are looked for. */
  #mayWait = true
  #isStarted = false
  #isClosed = false

  private constructor({ database, announcer, clock, concurrency = 100 }: PostgresQueueOptions, boss: PgBoss) {
    this.#database = database
    this.#boss = boss
    this.#local = new MemoryQueue(clock, concurrency, () => this.#take())
    this.#unlisten = announcer.listen(topic, () => this.#look())
    this.#timer = setInterval(() => this.#look(), lookEvery)
    this.#timer.unref()
  }

  static async open(options: PostgresQueueOptions): Promise<PostgresQueue> {
    const boss = await openBoss(options.database)
    return new PostgresQueue(options, boss)
  }

  async wake(lane: string): Promise<void> {
    if (this.#isClosed) return
    const isHere = this.#local.has(lane) || (this.#isStarted && !this.#isBehind && this.#local.free > 0)
    if (isHere) {
      await this.#local.wake(lane)
      return
    }
    this.#isBehind = this.#isStarted
    this.#outgoing.add(lane)
    this.#send()
  }

  async start(worker: LaneWorker): Promise<void> {
    await this.#local.start(worker)
    await this.#sending
    this.#isStarted = true
    this.#look()
    await this.#taking
  }

  /** How many lanes are worked on now, by this process. */
  get working(): number {
    return this.#local.working
  }

  async idle(): Promise<void> {
    do {
      await this.#sending
      this.#look()
      await this.#taking
      await this.#local.idle()
    } while (!this.#isClosed && (this.#sending !== undefined || this.#mayWait || this.#local.working > 0))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#unlisten()
    clearInterval(this.#timer)
    await this.#local[Symbol.asyncDispose]()
    await Promise.all([this.#sending, this.#taking])
    await this.#boss.stop({ graceful: false })
  }

  /** Hands over what waits to be, all at once. */
  #send(): void {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined
    })
  }

  async #sendAll(): Promise<void> {
    // What is woken in one go travels together.
    await Promise.resolve()
    while (this.#outgoing.size > 0) {
      const lanes = [...this.#outgoing]
      this.#outgoing.clear()
      try {
        await this.#lightly(async (connection) => {
          const jobs = lanes.map((lane) => ({ id: uuid(), singletonKey: lane, data: { lane } }))
          await this.#boss.insert(name, jobs, {
            db: { executeSql: (text, values) => executed(connection, text, values) },
          })
          await connection.query(prepared('select pg_notify($1, $2)', [this.#database.schema, topic]))
        })
      } catch {
        // The heartbeat finds what waits in them.
      }
    }
    this.#look()
  }

  #look(): void {
    this.#mayWait = true
    this.#take()
  }

  /** Takes wake-ups for the places that are free. */
  #take(): void {
    if (!this.#isStarted || this.#isClosed || !this.#mayWait || this.#local.free === 0) return
    this.#taking ??= this.#takeAll().finally(() => {
      this.#taking = undefined
    })
  }

  async #takeAll(): Promise<void> {
    while (this.#mayWait && !this.#isClosed && this.#local.free > 0) {
      const batchSize = Math.min(this.#local.free, batch)
      this.#mayWait = false
      let lanes: readonly string[]
      try {
        lanes = await this.#lightly(async (connection) => {
          const db = { executeSql: (text: string, values?: unknown[]) => executed(connection, text, values) }
          const jobs = await this.#boss.fetch<{ lane: string }>(name, { batchSize, db })
          if (jobs.length > 0)
            await this.#boss.deleteJob(
              name,
              jobs.map(({ id }) => id),
              { db },
            )
          return jobs.map(({ data }) => data.lane)
        })
      } catch {
        // The timer looks again.
        return
      }
      if (lanes.length === batchSize) this.#mayWait = true
      else this.#isBehind = this.#outgoing.size > 0
      await Promise.all(lanes.map((lane) => this.#local.wake(lane)))
    }
  }

  /** Runs a transaction that does not wait for the disk: what it says is lost with no harm. */
  #lightly<T>(work: (connection: PoolClient) => Promise<T>): Promise<T> {
    return this.#database.transaction(async (connection) => {
      await connection.query('set local synchronous_commit = off')
      return work(connection)
    })
  }
}
