import { type MigrationState, migrations, migrationState } from '../sql/migrations.ts'
import { type Database, prepared, quoted } from './database.ts'

/**
 * Makes the schema, or brings it up to date. Processes that start at once do it one after another. Gives what it was
 * before.
 * @throws {PlugboardError} with the code `store_newer`.
 */
export async function migrate(database: Database): Promise<MigrationState> {
  return database.transaction(async (connection) => {
    await connection.query(prepared('select pg_advisory_xact_lock(hashtextextended($1, 0))', [database.schema]))
    await connection.query(`create schema if not exists ${quoted(database.schema)}`)
    await connection.query('create table if not exists migrations (name text primary key, at bigint not null)')
    const { rows } = await connection.query<{ name: string }>('select name from migrations')
    const before = migrationState(rows.map(({ name }) => name))
    for (const { name, statements } of migrations) {
      if (before.done.includes(name)) continue
      for (const statement of statements) await connection.query(inPostgres(statement))
      await connection.query('insert into migrations values ($1, extract(epoch from clock_timestamp()) * 1000)', [name])
    }
    return before
  })
}

/**
 * What is to be done, without doing it.
 * @throws {PlugboardError} with the code `store_newer`.
 */
export async function checkMigrations(database: Database): Promise<MigrationState> {
  const made = await database.query('select 1 as made where to_regclass($1) is not null', [
    `${quoted(database.schema)}.migrations`,
  ])
  const rows = made.length === 0 ? [] : await database.query<{ name: string }>('select name from migrations')
  return migrationState(rows.map(({ name }) => name))
}

/** A statement of the history as PostgreSQL has it. Text is compared byte by byte, as SQLite does. */
function inPostgres(statement: string): string {
  return statement.replaceAll(/\btext\b/g, 'text collate "C"').replaceAll(/\bblob\b/g, 'bytea')
}
