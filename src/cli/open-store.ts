import { resolve } from 'node:path'
import { sqliteStore, type StartOptions } from 'plugboard/runtime'

/** Where the bot keeps everything: the ports to start it with, and what closes them. */
export interface OpenStore extends AsyncDisposable {
  readonly ports: Pick<StartOptions, 'store' | 'database'>
}

/**
 * Opens what a bot keeps everything in.
 * @param where The path of a SQLite file, the URL of a PostgreSQL, or `memory`, which forgets everything at the end.
 */
export async function openStore(where: string, folder: string): Promise<OpenStore> {
  if (where === 'memory') return { ports: {}, [Symbol.asyncDispose]: async () => {} }
  if (/^postgres(ql)?:/i.test(where)) return { ports: { database: where }, [Symbol.asyncDispose]: async () => {} }
  const store = await sqliteStore(resolve(folder, where))
  return { ports: { store }, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}
