import { systemClock } from '../memory/system-clock.ts'
import { migrationState } from '../sql/migrations.ts'
import { SqliteFile } from '../sqlite/sqlite-file.ts'

/** Where a bot keeps everything: the path of a SQLite file, or the URL of a PostgreSQL. */
export type StorePlace = { readonly file: string } | { readonly database: string }

/** How far a store is. */
export interface MigrationReport {
  /** Where it is, without a password. */
  readonly store: string
  /** The last step of the schema's history that it has had before; undefined if there was none. */
  readonly version: string | undefined
  /** The last step that this version of Plugboard knows. */
  readonly wanted: string
  /** What it lacked, in order. It has it now, unless this was a check. */
  readonly missing: readonly string[]
}

/**
 * Makes the store of a bot, or brings it up to date, without starting the bot; a lock keeps others from doing the same at
 * once. A bot that starts does it by itself.
 * @param bot Its name.
 * @param options `check`: says what is missing and changes nothing, also while the bot runs.
 * @throws {PlugboardError} with the code `store_in_use`, `store_newer`, `store_failed`, `package_missing` or
 * `argument_invalid`.
 */
export async function migrateStore(
  bot: string,
  place: StorePlace,
  { check = false }: { readonly check?: boolean } = {},
): Promise<MigrationReport> {
  const { store, state } = 'file' in place ? migrateFile(place.file, check) : await migrateDatabase(bot, place, check)
  return {
    store,
    version: state.done.at(-1),
    wanted: migrationState([]).missing.at(-1) as string,
    missing: state.missing,
  }
}

function migrateFile(file: string, check: boolean) {
  if (check) return { store: file, state: SqliteFile.check(file) }
  using opened = SqliteFile.open(file, systemClock.now())
  return { store: file, state: opened.before }
}

async function migrateDatabase(bot: string, { database }: { readonly database: string }, check: boolean) {
  // Bots that run embedded do not load it.
  const { migratePostgres, schemaOf, shownPlace } = await import('../postgres/migrate-postgres.ts')
  const schema = schemaOf(bot)
  const state = await migratePostgres(database, { schema, check })
  return { store: shownPlace(database, schema), state }
}
