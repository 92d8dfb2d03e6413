import { targetOf } from './configuration.ts'
import type { Call, Database, Installed, Rows } from './rows.ts'

const opened = new Map<string, Promise<Database>>()

/** Looks whether the database is there and has what the configuration names. */
export async function register(call: Call): Promise<void> {
  const database = await databaseOf(call)
  await database.check(call.signal)
}

/** Closes the connections. */
export async function close(installed: Installed): Promise<void> {
  const key = keyOf(installed)
  const one = opened.get(key)
  opened.delete(key)
  await (await one)?.close()
}

/** The rows, or documents, that are configured. */
export async function rowsOf(call: Call): Promise<Rows> {
  const database = await databaseOf(call)
  return database.rows(call.signal)
}

async function databaseOf(installed: Installed): Promise<Database> {
  const key = keyOf(installed)
  const one = opened.get(key) ?? open(installed)
  opened.set(key, one)
  try {
    return await one
  } catch (error) {
    opened.delete(key)
    throw error
  }
}

/** The driver of the other database is not loaded. */
async function open({ configuration }: Installed): Promise<Database> {
  const target = targetOf(configuration)
  if ('table' in target) {
    const { Postgres } = await import('./postgres/postgres.ts')
    return new Postgres(target.table)
  }
  const { Mongo } = await import('./mongodb/mongo.ts')
  return new Mongo(target.collection)
}

/** With another configuration it is another database. */
function keyOf({ ctx, configuration }: Installed): string {
  return JSON.stringify([ctx.botId, ctx.integrationId, configuration])
}
