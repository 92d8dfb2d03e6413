import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
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
  readonly #path: string
  readonly #lock: DatabaseSync

  private constructor(path: string, lock: DatabaseSync, before: MigrationState) {
    this.#path = path
    this.#lock = lock
    this.before = before
  }

  /**
   * Takes the file for this process and brings it up to date; makes it, with its folder, if there is none.
   * @throws {PlugboardError} with the code `store_in_use`, `store_newer`, or `store_failed` for what is no file of a store, or
   *   may not be written.
   */
  static open(path: string, now: number): SqliteFile {
    return working(path, () => {
      mkdirSync(dirname(path), { recursive: true })
      const lock = lockFor(path)
      try {
        using database = new SqliteDatabase(path)
        const before = database.migrate(now)
        // Nobody else has the file: whoever had lanes is dead.
        database.endWorkers()
        return new SqliteFile(path, lock, before)
      } catch (error) {
        lock.close()
        throw error
      }
    })
  }

  /**
   * What a file has of the history, also while a process has it open. Changes nothing, and makes no file.
   * @throws {PlugboardError} with the code `store_newer`, or `store_failed` for what is no file of a store, or may not be read.
   */
  static check(path: string): MigrationState {
    if (!existsSync(path)) return migrationState([])
    return working(path, () => {
      const url = pathToFileURL(path)
      // Nobody has it open. Who reads it regardless as one that others may write leaves files beside it.
      if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1')
      using database = new SqliteDatabase(url, { readOnly: true })
      return database.migrations()
    })
  }

  /** Gives the file back, with everything in it: whoever had it before has closed it. */
  [Symbol.dispose](): void {
    try {
      // Who closes it last, and may write, puts what stands in the log beside it into it. A reader may not.
      if (existsSync(this.#path)) new SqliteDatabase(this.#path)[Symbol.dispose]()
    } catch {
      // It stays in the log, which the next one to open the file reads.
    } finally {
      this.#lock.close()
    }
  }
}

/** Works on a file. What the file system or SQLite refuses is told with the path, and with what to do about it. */
function working<T>(path: string, work: () => T): T {
  try {
    // A lock would be left beside what SQLite then finds to be none of its files.
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory()) throw failed(path, 'is a folder. Name a file that is to be in it.')
    // Where a lock is, a store may be open in this process: to close its file once more would end what SQLite has locked of it.
    const isLooked = !existsSync(`${path}.lock`) && found?.isFile() === true && found.size > 0
    if (isLooked && !beginsAsDatabase(path)) throw failed(path, isNoDatabase)
    return work()
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException
    const result = resultCode(error)
    if (result === resultCodes.noDatabase) throw failed(path, isNoDatabase, error)
    if (syscall !== undefined || result === resultCodes.cannotOpen || result === resultCodes.readOnly)
      throw failed(
        path,
        `cannot be made or written here: ${message}. Let this process write to it and to its folder, or choose another file.`,
        error,
      )
    throw result === undefined ? error : failed(path, `cannot be used: ${message}.`, error)
  }
}

const isNoDatabase = 'is no database of SQLite. Choose another file, or move this one away.'

/** See https://www.sqlite.org/fileformat.html. */
function beginsAsDatabase(path: string): boolean {
  const first = Buffer.from('SQLite format 3\0')
  const read = Buffer.alloc(first.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, read)
  } finally {
    closeSync(file)
  }
  return read.equals(first)
}

const failed = (path: string, what: string, cause?: unknown): PlugboardError =>
  new PlugboardError({ code: 'store_failed', message: `the store ${path} ${what}`, cause })

/** See https://www.sqlite.org/rescode.html. */
const resultCodes = { busy: 5, readOnly: 8, cannotOpen: 14, noDatabase: 26 } as const

/** What SQLite says of why; what is more particular stands in the higher bytes. */
function resultCode(error: unknown): number | undefined {
  const { errcode } = error as { readonly errcode?: number }
  return errcode === undefined ? undefined : errcode & 0xff
}

/** A lock that ends with the process, however that ends: the exclusive transaction of a database beside the store. */
function lockFor(path: string): DatabaseSync {
  const lock = new DatabaseSync(`${path}.lock`)
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (cause) {
    lock.close()
    if (resultCode(cause) !== resultCodes.busy) throw cause
    throw new PlugboardError({
      code: 'store_in_use',
      message: `another process has the store ${path} open. Stop it, or run several processes on PostgreSQL.`,
      cause,
    })
  }
}
