import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { PlugboardError } from '../../errors/index.ts'
import { type MigrationState, migrationState } from '../sql/migrations.ts'
import { SqliteDatabase } from './sqlite-database.ts'

/** The file of a store, which is this process's alone until it is disposed of. */
export class SqliteFile implements Disposable {
  /** What it had of the history before it was opened. */
  readonly before: MigrationState
  readonly #lock: DatabaseSync

  private constructor(lock: DatabaseSync, before: MigrationState) {
    this.#lock = lock
    this.before = before
  }

  /**
   * Takes the file for this process and brings it up to date; makes it, with its folder, if there is none.
   * @throws {PlugboardError} with the code `store_in_use`, `store_newer`, or `store_failed` for a file of something else.
   */
  static open(path: string, now: number): SqliteFile {
    mkdirSync(dirname(path), { recursive: true })
    const lock = lockFor(path)
    try {
      using database = new SqliteDatabase(path)
      const before = database.migrate(now)
      // Nobody else has the file: whoever had lanes is dead.
      database.endWorkers()
      return new SqliteFile(lock, before)
    } catch (error) {
      lock.close()
      throw isForeign(error) ? foreign(path, error) : error
    }
  }

  /**
   * What a file has of the history, also while a process has it open. Changes nothing, and makes no file.
   * @throws {PlugboardError} with the code `store_newer`.
   */
  static check(path: string): MigrationState {
    if (!existsSync(path)) return migrationState([])
    const url = pathToFileURL(path)
    // Nobody has it open. Who reads it regardless as one that others may write leaves files beside it.
    if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1')
    try {
      using database = new SqliteDatabase(url, { readOnly: true })
      return database.migrations()
    } catch (error) {
      throw isForeign(error) ? foreign(path, error) : error
    }
  }

  [Symbol.dispose](): void {
    this.#lock.close()
  }
}

/** SQLITE_NOTADB, see https://www.sqlite.org/rescode.html#notadb. */
const isForeign = (error: unknown): boolean => (error as { readonly errcode?: number } | undefined)?.errcode === 26

const foreign = (path: string, cause: unknown): PlugboardError =>
  new PlugboardError({
    code: 'store_failed',
    message: `${path} is no database of SQLite. Choose another file, or move this one away.`,
    cause,
  })

/** A lock that ends with the process, however that ends: the exclusive transaction of a database beside the store. */
function lockFor(path: string): DatabaseSync {
  const lock = new DatabaseSync(`${path}.lock`)
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (cause) {
    lock.close()
    throw new PlugboardError({
      code: 'store_in_use',
      message: `another process has the store ${path} open. Stop it, or run several processes on PostgreSQL.`,
      cause,
    })
  }
}
