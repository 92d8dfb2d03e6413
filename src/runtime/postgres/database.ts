import { createHash } from 'node:crypto'
import type { Pool, PoolClient, QueryConfig } from 'pg'
import { PlugboardError } from '../../errors/index.ts'
import { loadPostgres } from './packages.ts'
import { storeFailure } from './store-failure.ts'

/** How a database is reached. */
export interface DatabaseOptions {
  /** The PostgreSQL schema in which everything is. */
  readonly schema: string
  /** How many connections there are at most, but two at least. Default: 10. */
  readonly connections?: number
}

/** Milliseconds after which a connection, or an answer, is given up. */
const patience = 30_000

/** The connections of one process to the schema of one bot. */
export class Database implements AsyncDisposable {
  readonly url: string
  readonly schema: string
  readonly pool: Pool
  #closing: Promise<void> | undefined

  private constructor(url: string, schema: string, pool: Pool) {
    this.url = url
    this.schema = schema
    this.pool = pool
  }

  /** @throws {PlugboardError} with the code `package_missing`, or `argument_invalid` for what is no URL of PostgreSQL. */
  static async open(url: string, { schema, connections = 10 }: DatabaseOptions): Promise<Database> {
    demandUrl(url)
    const { Pool, types, TypeOverrides } = await loadPostgres()
    // What is stored as `bigint` are times and counts.
    const numbers = new TypeOverrides()
    numbers.setTypeParser(types.builtins.INT8, Number)
    const pool = new Pool({
      connectionString: url,
      // One holds the lock under which the queue is made by another.
      max: Math.max(connections, 2),
      // Statements whose results nobody waits for travel together.
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: patience / 3,
      query_timeout: patience,
      application_name: 'plugboard',
      types: numbers,
      // The pool waits for it, which its types do not say.
      // oxlint-disable-next-line typescript/no-misused-promises
      onConnect: async (client) => {
        // A process that hangs in the middle of a unit must not keep others from the rows that it has locked.
        await client.query(
          `set search_path = ${quoted(schema)}; set statement_timeout = ${patience}; set idle_in_transaction_session_timeout = ${patience / 3}`,
        )
      },
    })
    // A connection that breaks while nobody uses it is replaced when one is needed; one that breaks in use fails what is
    // asked of it. Neither must end the process.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
    return new Database(url, schema, pool)
  }

  /** Runs one statement by itself. */
  async query<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]> {
    return (await this.#failing(this.pool.query(prepared(text, values)))).rows as T[]
  }

  /** Runs work on one connection as one transaction. What it throws undoes everything. */
  async transaction<T>(work: (connection: PoolClient) => Promise<T>): Promise<T> {
    const connection = await this.#failing(this.pool.connect())
    try {
      await connection.query('begin')
      const result = await work(connection)
      await connection.query('commit')
      connection.release()
      return result
    } catch (error) {
      await giveBack(connection)
      throw storeFailure(error)
    }
  }

  /** A second call is the same closing. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.pool.end()
    return this.#closing
  }

  async #failing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw storeFailure(error)
    }
  }
}

/** Undoes what is open on a connection and gives it back; one that is broken is closed. */
export async function giveBack(connection: PoolClient): Promise<void> {
  try {
    await connection.query('rollback')
    connection.release()
  } catch {
    connection.release(true)
  }
}

/** The statement as a connection keeps it: parsed and planned once. */
export function prepared(text: string, values: readonly unknown[] = []): QueryConfig {
  const name = nameOf(text)
  return { ...(name !== undefined && { name }), text, values: values as unknown[] }
}

const names = new Map<string, string>()
/** Statements that are made for a number of values are many: beyond this, they are not kept. */
const mostNames = 1000

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

/** A name as it stands in a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** @throws {PlugboardError} with the code `argument_invalid`. */
export function demandUrl(url: string): void {
  if (URL.canParse(url) && ['postgres:', 'postgresql:'].includes(new URL(url).protocol)) return
  throw new PlugboardError({
    code: 'argument_invalid',
    message: 'the URL of the database has not the form postgres://user:password@host:port/database',
  })
}

/**
 * The schema of a bot: `plugboard_` and its name with underscores. A name that is too long for PostgreSQL ends in what
 * tells it from others.
 */
export function schemaOf(bot: string): string {
  const schema = `plugboard_${bot.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`
  if (schema.length <= longestSchema) return schema
  return `${schema.slice(0, longestSchema - 9)}_${createHash('sha256').update(bot).digest('hex').slice(0, 8)}`
}
/** What PostgreSQL allows a name, less `_queue`, and what pg-boss allows. */
const longestSchema = 44
