import { MemoryAnnouncer } from '../memory/memory-announcer.ts'
import { MemoryQueue } from '../memory/memory-queue.ts'
import { systemClock } from '../memory/system-clock.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Queue } from '../ports/queue.ts'
import type { Store } from '../ports/store.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

/** Where a bot keeps everything, and what wakes it. */
export interface PortOptions {
  /**
   * The URL of a PostgreSQL, which any number of processes of this bot share: everything is kept there, in a schema named
   * for the bot. It brings its own store, queue and clock.
   */
  database?: string | undefined
  /** Where everything is kept. Default: in memory. */
  store?: Store
  /** Default: in memory. */
  queue?: Queue
  /** Default: the time of the machine. */
  clock?: Clock
}

/** What a bot runs on. Closes what was opened here, and nothing that was given. */
export interface Ports extends AsyncDisposable {
  readonly clock: Clock
  readonly store: Store
  readonly queue: Queue
  readonly announcer: Announcer
}

/** Opens what a bot runs on: what is given, PostgreSQL if its URL is given, else the memory of the process. */
export async function openPorts(bot: string, { database, store, queue, clock }: PortOptions): Promise<Ports> {
  if (database !== undefined) {
    // Bots that run embedded do not load it.
    const { connectPostgres, schemaOf } = await import('../postgres/connect-postgres.ts')
    const ports = await connectPostgres(database, { schema: schemaOf(bot) })
    const { announcer } = ports
    return {
      clock: clock ?? ports.clock,
      store: store ?? ports.store,
      queue: queue ?? ports.queue,
      announcer,
      [Symbol.asyncDispose]: () => ports[Symbol.asyncDispose](),
    }
  }
  const time = clock ?? systemClock
  const ports = {
    clock: time,
    store: store ?? memoryStore(time),
    queue: queue ?? new MemoryQueue(time),
    announcer: new MemoryAnnouncer(),
  }
  return {
    ...ports,
    [Symbol.asyncDispose]: async () => {
      if (queue === undefined) await ports.queue[Symbol.asyncDispose]()
      if (store === undefined) await ports.store[Symbol.asyncDispose]()
    },
  }
}
