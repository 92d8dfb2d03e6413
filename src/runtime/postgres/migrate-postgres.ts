import type { MigrationState } from '../sql/migrations.ts'
import { Database, type DatabaseOptions, demandUrl } from './database.ts'
import { checkMigrations, migrate } from './migrate.ts'
import { missingOfBoss, openBoss } from './pg-boss.ts'

export { schemaOf } from './database.ts'

/** How a schema is called in messages: where it is, without the password. */
export function shownPlace(url: string, schema: string): string {
  demandUrl(url)
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}, schema ${schema}`
}

/**
 * Makes everything that a bot needs in PostgreSQL, that of the queue too, or brings it up to date. Gives what it was
 * before; with `check` it does no more than that.
 * @throws {PlugboardError} with the code `store_failed`, `store_newer`, `package_missing` or `argument_invalid`.
 */
export async function migratePostgres(
  url: string,
  { check, ...options }: DatabaseOptions & { readonly check: boolean },
): Promise<MigrationState> {
  await using database = await Database.open(url, options)
  const before = check ? await checkMigrations(database) : await migrate(database)
  const queue = await missingOfBoss(database)
  if (!check) await (await openBoss(database)).stop({ graceful: false })
  return { done: before.done, missing: [...before.missing, ...queue] }
}
