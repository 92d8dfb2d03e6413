import type { PgBoss } from 'pg-boss'
import type { PoolClient } from 'pg'
import { type Database, prepared } from './database.ts'
import { loadPgBoss, pgBossSchema } from './packages.ts'

/** The queue of pg-boss in which the wake-ups are. */
export const queueName = 'lanes'

/** Starts pg-boss beside the schema of a bot. Makes what it needs there, or brings it up to date. */
export async function openBoss(database: Database): Promise<PgBoss> {
  const boss = await bossOf(database)
  // Processes that start at once make the queue one after another.
  await database.transaction(async (connection) => {
    await connection.query(prepared('select pg_advisory_xact_lock(hashtextextended($1, 2))', [database.schema]))
    await boss.start()
    // One wake-up of a lane waits at most: it is sent once what woke the lane is stored, and whoever takes it sees that.
    await boss.createQueue(queueName, { policy: 'short' })
  })
  return boss
}

/** What `openBoss` would make or bring up to date, as it is called in a list of what is missing. Makes nothing. */
export async function missingOfBoss(database: Database): Promise<readonly string[]> {
  const boss = await bossOf(database)
  const version = (await boss.isInstalled()) ? ((await boss.schemaVersion()) ?? 0) : 0
  const wanted = await pgBossSchema()
  return version < wanted ? [`queue-${wanted}`] : []
}

async function bossOf(database: Database): Promise<PgBoss> {
  const { PgBoss } = await loadPgBoss()
  const boss = new PgBoss({
    db: { executeSql: (text, values) => executed(database.pool, text, values) },
    schema: `${database.schema}_queue`,
    // Wake-ups are deleted when they are taken: there is nothing to look after.
    supervise: false,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  // What fails is tried again, and what is lost is found by the heartbeat.
  boss.on('error', () => {})
  return boss
}

/** Runs a statement of pg-boss. They are long, and always the same. */
export const executed = async (
  connection: { query: PoolClient['query'] },
  text: string,
  values?: unknown[],
): Promise<{ rows: unknown[] }> => connection.query(values === undefined ? text : prepared(text, values))
