import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { startServer } from './server.fixture.ts'

let schemas = 0

/** A schema of its own in the PostgreSQL of this run. */
export class TestSchema implements AsyncDisposable {
  readonly url: string
  readonly schema: string
  readonly #client: Client
  readonly #stop: () => Promise<void>

  private constructor(url: string, schema: string, client: Client, stop: () => Promise<void>) {
    this.#stop = stop
    this.url = url
    this.schema = schema
    this.#client = client
  }

  static async open(...statements: readonly string[]): Promise<TestSchema> {
    const { url, stop } = await server()
    const schema = `rows_${process.pid}_${(schemas += 1)}`
    const client = new Client({ connectionString: url })
    await client.connect()
    const opened = new TestSchema(url, schema, client, stop)
    await opened.run(`CREATE SCHEMA ${schema}`, `SET search_path TO ${schema}`, ...statements)
    return opened
  }

  /** Runs statements, each as it is. */
  async run(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.#client.query(statement)
  }

  /** The rows of a statement. */
  async rows(statement: string): Promise<unknown[]> {
    return (await this.#client.query<Record<string, unknown>>(statement)).rows
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run('ROLLBACK', `DROP SCHEMA ${this.schema} CASCADE`)
    await this.#client.end()
    await this.#stop()
  }
}

/** The server of this run of the tests; one of its own where there is no such run, as for the matrix. */
async function server(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (process.env['VITEST'] === undefined) return startServer()
  const { inject } = await import('vitest')
  return { url: await text(connect(inject('postgresPort'), '127.0.0.1')), stop: async () => {} }
}
