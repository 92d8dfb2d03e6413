import { resolve } from 'node:path'
import { sqliteStore, type StartOptions, type StorePlace } from 'plugboard/runtime'
import { isPostgres } from './store-for.ts'

/** Where the bot keeps everything: the ports to start it with, and what closes them. */
export interface OpenStore extends AsyncDisposable {
  readonly ports: Pick<StartOptions, 'store' | 'database'>
}

/**
 * Opens what a bot keeps everything in.
 * @param where The path of a SQLite file, the URL of a PostgreSQL, or `memory`, which forgets everything at the end.
 */
export async function openStore(where: string, folder: string): Promise<OpenStore> {
  const place = placeOf(where, folder)
  if (!place) return { ports: {}, [Symbol.asyncDispose]: async () => {} }
  if ('database' in place) return { ports: place, [Symbol.asyncDispose]: async () => {} }
  const store = await sqliteStore(place.file)
  return { ports: { store }, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}

/** The same as what opens a store asks for; undefined for what is forgotten. */
export function placeOf(where: string, folder: string): StorePlace | undefined {
  if (where === 'memory') return undefined
  return isPostgres(where) ? { database: where } : { file: resolve(folder, where) }
}
