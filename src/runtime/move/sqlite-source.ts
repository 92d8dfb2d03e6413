import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { PlugboardError } from '../../errors/index.ts'
import { systemClock } from '../memory/system-clock.ts'
import { SqliteFile } from '../sqlite/sqlite-file.ts'
import { bytesOf, type Cell, columnTypes, type MovedRow, type MovedTable, pageBytes, pageRows } from './moved-table.ts'

/** What says of one store alone how it came about, and is not copied to another. */
const ownTables: readonly string[] = ['migrations', 'moves']

/** The SQLite file that is read. Nobody else has it open meanwhile, and nothing in it is changed but to bring it up to date. */
export class SqliteSource implements Disposable {
  /** All there are, but those that are each store's own. */
  readonly tables: readonly MovedTable[]
  readonly #file: SqliteFile
  readonly #connection: DatabaseSync

  private constructor(file: SqliteFile, connection: DatabaseSync) {
    this.#file = file
    this.#connection = connection
    this.tables = connection
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~' order by name",
      )
      .all()
      .map(({ name }) => name as string)
      .filter((name) => !ownTables.includes(name))
      .map((name) => this.#tableOf(name))
  }

  /** @throws {PlugboardError} with the code `store_missing`, `store_in_use` or `store_newer`. */
  static open(path: string): SqliteSource {
    if (!existsSync(path))
      throw new PlugboardError({ code: 'store_missing', message: `there is no store ${path}. Name the bot's file.` })
    const file = SqliteFile.open(path, systemClock.now())
    try {
      return new SqliteSource(file, new DatabaseSync(path, { readOnly: true }))
    } catch (error) {
      file[Symbol.dispose]()
      throw error
    }
  }

  /** The rows of a table in the order of their keys. */
  *pages({ name, columns, key }: MovedTable): Generator<readonly MovedRow[]> {
    const statement = this.#connection.prepare(
      `select ${listed(columns)} from "${name}" order by ${key.map(quoted).join()}`,
    )
    let page: MovedRow[] = []
    let bytes = 0
    for (const found of statement.iterate()) {
      const row = columns.map((column) => found[column.name] as Cell)
      page.push(row)
      bytes += bytesOf(row)
      if (page.length < pageRows && bytes < pageBytes) continue
      yield page
      page = []
      bytes = 0
    }
    if (page.length > 0) yield page
  }

  [Symbol.dispose](): void {
    this.#connection.close()
    this.#file[Symbol.dispose]()
  }

  #tableOf(name: string): MovedTable {
    const found = this.#connection.prepare('select name, type, pk from pragma_table_info(?)').all(name)
    const columns = found.map((column) => {
      const type = columnTypes.find((one) => one === String(column['type']).toLowerCase())
      if (!type)
        throw new PlugboardError({
          code: 'internal',
          message: `the column ${String(column['name'])} of ${name} has the type ${String(column['type'])}, which is not moved`,
        })
      return { name: column['name'] as string, type }
    })
    const key = found
      .filter(({ pk }) => (pk as number) > 0)
      .toSorted((one, other) => (one['pk'] as number) - (other['pk'] as number))
    return { name, columns, key: key.map((column) => column['name'] as string) }
  }
}

const quoted = (name: string): string => `"${name}"`
const listed = (columns: MovedTable['columns']): string => columns.map((column) => quoted(column.name)).join(', ')
