import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fillPostgres, fillSqlite } from './fill-store.ts'

/** What is inserted, and where. */
export interface CeilingOptions {
  /** A new SQLite file, or the URL of an empty PostgreSQL. */
  readonly place: string
  readonly rooms: number
  readonly inserts: number
  readonly atOnce: number
}

/** How fast it was. */
export interface Inserted {
  /** Messages a second. */
  readonly rate: number
  /** Milliseconds of processor time a message, in the process that inserts. */
  readonly processor: number
}

/** How many messages can be stored a second: by statements that were written by hand for it, and by the store. */
export async function ceilings({
  place,
  rooms,
  inserts,
  atOnce,
}: CeilingOptions): Promise<{ readonly what: string; readonly hand: Inserted; readonly receive: Inserted }> {
  const isPostgres = place.startsWith('postgres:')
  await (isPostgres ? fillPostgres(place, rooms) : fillSqlite(place, rooms))
  const measured = async (how: 'hand' | 'receive'): Promise<Inserted> => {
    const given = { place, rooms, inserts, atOnce, how }
    const { stdout } = await promisify(execFile)(process.execPath, [
      '-C',
      '@plugboard/source',
      join(import.meta.dirname, 'insert-process.ts'),
      JSON.stringify(given),
    ])
    return JSON.parse(stdout) as Inserted
  }
  const hand = await measured('hand')
  return { what: isPostgres ? 'PostgreSQL' : 'SQLite', hand, receive: await measured('receive') }
}
