import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Queue } from '../ports/queue.ts'
import type { Store } from '../ports/store.ts'
import { Announcements } from './announcements.ts'
import { Database } from './database.ts'
import { DatabaseClock } from './database-clock.ts'
import { migrate } from './migrate.ts'
import { PostgresQueue } from './postgres-queue.ts'
import { postgresStore } from './postgres-store.ts'
import { useStore } from './use-of-store.ts'

export { schemaOf } from './database.ts'

/** How a bot uses PostgreSQL. */
export interface PostgresOptions {
  /** The schema in which everything of the bot is. That of the queue is beside it, and its name ends in `_queue`. */
  readonly schema: string
  /** How many connections this process has at most, beside the one that listens. Default: 10. */
  readonly connections?: number
  /** How many conversations this process works on at once. Default: 100. */
  readonly concurrency?: number
}

/** What a bot runs on. Closed as one, in the end. */
export interface PostgresPorts extends AsyncDisposable {
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  readonly announcer: Announcer
}

/**
 * Connects a process to PostgreSQL: what it keeps there, it shares with every process that has the same schema. Makes
 * the schema, or brings it up to date.
 * @param url `postgres://user:password@host:port/database`. Sessions must last: a pooler in between pools sessions, not transactions.
 * @throws {PlugboardError} with the code `store_failed`, `store_newer`, `move_unfinished`, `package_missing` or
 * `argument_invalid`.
 */
export async function connectPostgres(url: string, options: PostgresOptions): Promise<PostgresPorts> {
  const database = await Database.open(url, options)
  const opened: (AsyncDisposable | Disposable)[] = [database]
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).toReversed())
      await (Symbol.asyncDispose in one ? one[Symbol.asyncDispose]() : one[Symbol.dispose]())
  }
  const open = <T extends AsyncDisposable | Disposable>(one: T): T => {
    opened.push(one)
    return one
  }
  try {
    await migrate(database)
    await useStore(database)
    const clock = open(await DatabaseClock.start(database))
    const announcer = open(await Announcements.start(database))
    const queue = open(await PostgresQueue.open({ ...options, database, clock, announcer }))
    return { store: postgresStore({ database, clock }), queue, clock, announcer, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}
