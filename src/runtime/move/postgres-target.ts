import type { PoolClient } from 'pg'
import { PlugboardError } from '../../errors/index.ts'
import { Database, prepared, quoted } from '../postgres/database.ts'
import { migrate } from '../postgres/migrate.ts'
import { storeFailure } from '../postgres/store-failure.ts'
import { beginCopy, setUse } from '../postgres/use-of-store.ts'
import {
  type Cell,
  type ColumnType,
  keyOf,
  type MovedRow,
  type MovedTable,
  pageBytes,
  pageRows,
} from './moved-table.ts'

export { schemaOf, shownPlace } from '../postgres/migrate-postgres.ts'

/** Milliseconds for which another move to the same schema is waited for: a process that was killed lives on there for a moment. */
const patience = 10_000

/** The schema of a bot in PostgreSQL, into which everything is copied. */
export class PostgresTarget implements AsyncDisposable {
  readonly #database: Database
  /** All is done on it: with it ends the lock that keeps others from moving to the same schema. */
  readonly #connection: PoolClient
  readonly #shown: string

  private constructor(database: Database, connection: PoolClient, shown: string) {
    this.#database = database
    this.#connection = connection
    this.#shown = shown
  }

  /**
   * Makes the schema, or brings it up to date, and keeps everybody else from moving to it.
   * @param shown What it is called in messages.
   * @throws {PlugboardError} with the code `move_in_use`, `store_failed`, `store_newer`, `package_missing` or
   * `argument_invalid`.
   */
  static async open(url: string, schema: string, shown: string): Promise<PostgresTarget> {
    const database = await Database.open(url, { schema, connections: 2 })
    try {
      await migrate(database)
      const connection = await database.pool.connect()
      try {
        await lock(connection, schema, shown)
        return new PostgresTarget(database, connection, shown)
      } catch (error) {
        connection.release(true)
        throw error
      }
    } catch (error) {
      await database[Symbol.asyncDispose]()
      throw storeFailure(error)
    }
  }

  /**
   * Begins anew: whatever an interrupted move has left is gone.
   * @throws {PlugboardError} with the code `move_target_used`.
   */
  begin(tables: readonly MovedTable[]): Promise<void> {
    const given = { schema: this.#database.schema, shown: this.#shown, tables: tables.map(({ name }) => name) }
    return this.#transaction(() => beginCopy(this.#connection, given))
  }

  /** @throws {PlugboardError} with the code `move_refused`, if PostgreSQL does not take a row. */
  async insert(table: MovedTable, page: readonly MovedRow[]): Promise<void> {
    try {
      await this.#insert(table, page)
    } catch (error) {
      if (!isRefusal(error)) throw storeFailure(error)
      // One by one, to tell which.
      if (page.length > 1) for (const row of page) await this.insert(table, [row])
      const [row = []] = page
      throw new PlugboardError({
        code: 'move_refused',
        message: `PostgreSQL does not take the row of ${table.name} with ${keyOf(table, row)}: ${error.message}. Delete or change it where it is now, with the bot that made it.`,
        cause: error,
      })
    }
  }

  /** The rows of a table in the order of their keys. */
  async *pages(table: MovedTable): AsyncGenerator<readonly MovedRow[]> {
    let after: readonly Cell[] | undefined
    do {
      const { rows } = await this.#ask<Record<string, Cell>>(pageOf(table, after !== undefined), after ?? [])
      const last = rows.at(-1)
      after = last && table.key.map((name) => last[name] as Cell)
      if (rows.length > 0) yield rows.map((row) => table.columns.map(({ name }) => row[name] as Cell))
    } while (after !== undefined)
  }

  /** Says that it is whole. What was copied is on the disk then. */
  async end(tables: readonly MovedTable[]): Promise<void> {
    for (const { name } of tables) await this.#ask(`analyze ${quoted(name)}`)
    await this.#transaction(() => setUse(this.#connection, 'copied'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.release(true)
    await this.#database[Symbol.asyncDispose]()
  }

  async #insert({ name, columns }: MovedTable, page: readonly MovedRow[]): Promise<void> {
    const names = columns.map((column) => quoted(column.name)).join(', ')
    const cells = columns.map(({ name: column, type }) =>
      type === 'jsonb' ? `${quoted(column)}::jsonb` : quoted(column),
    )
    const lists = columns.map(({ type }, index) => `$${index + 1}::${typeInPostgres(type)}[]`)
    const text = `insert into ${quoted(name)} (${names}) select ${cells.join(', ')} from unnest(${lists.join(', ')}) as given (${names})`
    const values = columns.map((_, index) => page.map((row) => sent(row[index] as Cell)))
    // Nothing is lost that is not copied again: what was copied is waited for once, in the end.
    await this.#connection.query('begin; set local synchronous_commit = off')
    try {
      await this.#connection.query(prepared(text, values))
      await this.#connection.query('commit')
    } catch (error) {
      await this.#connection.query('rollback')
      throw error
    }
  }

  async #transaction(work: () => Promise<void>): Promise<void> {
    await this.#ask('begin')
    try {
      await work()
      await this.#ask('commit')
    } catch (error) {
      await this.#connection.query('rollback').catch(() => {})
      throw storeFailure(error)
    }
  }

  async #ask<T extends object>(text: string, values?: readonly unknown[]): Promise<{ readonly rows: T[] }> {
    try {
      return await this.#connection.query<T>(values === undefined ? text : prepared(text, values))
    } catch (error) {
      throw storeFailure(error)
    }
  }
}

async function lock(connection: PoolClient, schema: string, shown: string): Promise<void> {
  // A server that looks for nobody's death while it works goes on for the dead. Not every system can look.
  await connection.query('set client_connection_check_interval = 1000').catch(() => {})
  await connection.query(`set lock_timeout = ${patience}`)
  try {
    await connection.query(prepared('select pg_advisory_lock(hashtextextended($1, 3))', [schema]))
  } catch (error) {
    if ((error as { code?: unknown }).code !== lockNotAvailable) throw error
    throw new PlugboardError({
      code: 'move_in_use',
      message: `another process moves a bot to ${shown}. Wait for it, or stop it.`,
      cause: error,
    })
  }
  await connection.query('set lock_timeout = 0')
}
const lockNotAvailable = '55P03'

/** Text that it cannot hold, values that are no numbers, and what is too long for an index. */
const isRefusal = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && /^(22|23|54)/.test(String(error.code))

/** A page after a key: not more rows, and not many more bytes, than fit. */
function pageOf({ name, columns, key }: MovedTable, isLater: boolean): string {
  const keys = key.map(quoted).join(', ')
  const cells = columns.map(({ name: column, type }) => (type === 'jsonb' ? `${quoted(column)}::text` : quoted(column)))
  const lengths = columns.flatMap(({ name: column, type }) =>
    type === 'text' || type === 'jsonb' || type === 'blob' ? `coalesce(octet_length(${quoted(column)}), 0)` : [],
  )
  const after = isLater ? `where (${keys}) > (${key.map((_, index) => `$${index + 1}`).join(', ')})` : ''
  return `select * from (
      select *, sum(own) over (order by ${keys} rows unbounded preceding) - own as before from (
        select *, ${lengths.join(' + ')} as own from (
          select ${cells.join(', ')} from ${quoted(name)} ${after} order by ${keys} limit ${pageRows}) as found
      ) as measured
    ) as counted where before < ${pageBytes} order by ${keys}`
}

const typeInPostgres = (type: ColumnType): string =>
  ({ blob: 'bytea', jsonb: 'text' })[type as 'blob' | 'jsonb'] ?? type

const sent = (cell: Cell): unknown =>
  cell instanceof Uint8Array ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength) : cell
