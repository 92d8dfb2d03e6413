import { PlugboardError } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { unitStore } from '../sql/unit-store.ts'
import { SqliteDatabase } from './sqlite-database.ts'

/** Keeps everything in the memory of the process: for tests, and for bots that may forget. */
export function memoryStore(clock: Clock): Store {
  const database = new SqliteDatabase(':memory:')
  database.migrate(clock.now())
  let closed = false
  return unitStore({
    run: async (name, given) => {
      if (closed) throw new PlugboardError({ code: 'store_failed', message: 'the store is closed' })
      return database.unit(name, given, clock.now())
    },
    [Symbol.asyncDispose]: async () => {
      if (!closed) database[Symbol.dispose]()
      closed = true
    },
  })
}
