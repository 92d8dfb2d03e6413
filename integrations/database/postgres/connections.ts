import { setTimeout } from 'node:timers/promises'
import { Client, Pool, type ClientConfig, type PoolClient } from 'pg'
import type { TableSettings } from '../configuration.ts'
import { abortion } from '../failure.ts'
import { stateOf } from './failure.ts'

/** What is sent: names are in the text, and values are parameters. */
export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
}
/** A row, every column as the database's text. */
export type Texts = readonly (string | null)[]
/** Runs a statement as it is; fails with the errors of the database. */
export type Send = (statement: Statement) => Promise<readonly Texts[]>

/** Milliseconds in which a connection must have come about. */
const longestConnect = 10_000
/** How often, and after how many milliseconds, a statement is cancelled that goes on. */
const mostCancellations = 40
const betweenCancellations = 50

/** The connections of one installation in this process. They are opened when they are needed, and closed when idle for long. */
export class Connections {
  readonly #config: ClientConfig
  readonly #pool: Pool

  constructor(settings: TableSettings) {
    this.#config = {
      ...('url' in settings ? { connectionString: settings.url } : partsOf(settings)),
      application_name: 'plugboard',
      connectionTimeoutMillis: longestConnect,
      keepAlive: true,
    }
    this.#pool = new Pool({ ...this.#config, max: settings.connections, allowExitOnIdle: true })
    // A connection that breaks tells whoever uses it; the events would end the process.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => void client.on('error', () => {}))
  }

  /** Runs a statement. One that is aborted is cancelled in the database, and fails unless it was done by then. */
  async query({ text, values = [] }: Statement, signal: AbortSignal): Promise<readonly Texts[]> {
    const client = await this.#connect(signal)
    let isOver = false
    let cancelling: Promise<void> | undefined
    const cancel = (): void => {
      cancelling ??= this.#cancel(client, () => isOver)
    }
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
    let isBroken = false
    try {
      const { rows } = await client.query<(string | null)[]>({
        text,
        values: [...values],
        rowMode: 'array',
        types: { getTypeParser: () => String },
      })
      return rows
    } catch (error) {
      isBroken = breaks(error)
      throw signal.aborted ? abortion(signal) : error
    } finally {
      isOver = true
      signal.removeEventListener('abort', cancel)
      await cancelling
      // A cancellation that comes late would meet the next statement of the connection.
      client.release(cancelling !== undefined || isBroken)
    }
  }

  /** Closes what is open, once what runs has ended. */
  async close(): Promise<void> {
    await this.#pool.end()
  }

  async #connect(signal: AbortSignal): Promise<PoolClient> {
    if (signal.aborted) throw abortion(signal)
    const connecting = this.#pool.connect()
    let abort = (): void => {}
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(abortion(signal))
      signal.addEventListener('abort', abort)
    })
    try {
      return await Promise.race([connecting, aborted])
    } catch (error) {
      // It may still come about, and then nobody wants it.
      void connecting.then(
        (client) => client.release(),
        () => {},
      )
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  /** Cancels what a connection does; closes it if the database cannot be told. */
  async #cancel(client: PoolClient, isOver: () => boolean): Promise<void> {
    const other = new Client(this.#config)
    other.on('error', () => {})
    try {
      await other.connect()
      // Again and again: what the server has not begun yet, it does not cancel.
      for (let times = 0; !isOver() && times < mostCancellations; times += 1) {
        await other.query('SELECT pg_cancel_backend($1)', [processOf(client)])
        await setTimeout(betweenCancellations)
      }
      if (!isOver()) await (client as unknown as Client).end()
    } catch {
      await (client as unknown as Client).end().catch(() => {})
    } finally {
      await other.end().catch(() => {})
    }
  }
}

const processOf = (client: PoolClient): unknown => (client as unknown as { processID: unknown }).processID
/** Whether the connection ends with an error. It says so itself only a moment later, when it may be in use again. */
const breaks = (error: unknown): boolean => !/^(?!57P|08|EPIPE)[0-9A-Z]{5}$/.test(stateOf(error))

function partsOf({ host, port, database, user, password, ssl }: Exclude<TableSettings, { url: string }>): ClientConfig {
  return { host, port, database, user, password, ssl }
}
