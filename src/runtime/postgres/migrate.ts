import { demandKnown, migrations } from '../sql/migrations.ts'
import { type Database, prepared, quoted } from './database.ts'

/** What a schema has of the history. */
export interface MigrationState {
  readonly done: readonly string[]
  readonly missing: readonly string[]
}

/**
 * Makes the schema, or brings it up to date. Processes that start at once do it one after another.
 * @throws {PlugboardError} with the code `store_newer`.
 */
export async function migrate(database: Database): Promise<MigrationState> {
  return database.transaction(async (connection) => {
    await connection.query(prepared('select pg_advisory_xact_lock(hashtextextended($1, 0))', [database.schema]))
    await connection.query(`create schema if not exists ${quoted(database.schema)}`)
    await connection.query('create table if not exists migrations (name text primary key, at bigint not null)')
    const { rows } = await connection.query<{ name: string }>('select name from migrations')
    const before = rows.map(({ name }) => name)
    demandKnown(before)
    const missing = migrations.filter(({ name }) => !before.includes(name))
    for (const { name, statements } of missing) {
      for (const statement of statements) await connection.query(inPostgres(statement))
      await connection.query('insert into migrations values ($1, extract(epoch from clock_timestamp()) * 1000)', [name])
    }
    return { done: before, missing: missing.map(({ name }) => name) }
  })
}

/**
 * What is to be done, without doing it.
 * @throws {PlugboardError} with the code `store_newer`.
 */
export async function checkMigrations(database: Database): Promise<MigrationState> {
  const known = migrations.map(({ name }) => name)
  const made = await database.query('select 1 as made where to_regclass($1) is not null', [
    `${quoted(database.schema)}.migrations`,
  ])
  const rows = made.length === 0 ? [] : await database.query<{ name: string }>('select name from migrations')
  const done = rows.map(({ name }) => name)
  demandKnown(done)
  return { done, missing: known.filter((name) => !done.includes(name)) }
}

/** A statement of the history as PostgreSQL has it. Text is compared byte by byte, as SQLite does. */
function inPostgres(statement: string): string {
  return statement.replaceAll(/\btext\b/g, 'text collate "C"').replaceAll(/\bblob\b/g, 'bytea')
}
