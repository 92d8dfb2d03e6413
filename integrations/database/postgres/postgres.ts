import type { TableSettings } from '../configuration.ts'
import type { Database, Rows } from '../rows.ts'
import { Connections, type Send, type Statement, type Texts } from './connections.ts'
import { failureOf, stateOf } from './failure.ts'
import { TableRows } from './table-rows.ts'
import { type Table, tableOf } from './table.ts'

/** Milliseconds after which a table is looked at again: somebody may have given it another column. */
const freshFor = 60_000

/** A table of PostgreSQL, with the connections to it. */
export class Postgres implements Database {
  readonly #settings: TableSettings
  readonly #connections: Connections
  #table: { readonly is: Table; readonly since: number } | undefined

  constructor(settings: TableSettings) {
    this.#settings = settings
    this.#connections = new Connections(settings)
  }

  async check(signal: AbortSignal): Promise<void> {
    this.#table = undefined
    await this.rows(signal)
  }

  async rows(signal: AbortSignal): Promise<Rows> {
    const send: Send = (statement) => this.#send(statement, signal)
    return new TableRows(await this.#theTable(send), send)
  }

  close(): Promise<void> {
    return this.#connections.close()
  }

  async #theTable(send: Send): Promise<Table> {
    if (this.#table && performance.now() - this.#table.since < freshFor) return this.#table.is
    const is = await tableOf(this.#settings, send).catch((error: unknown) => {
      throw failureOf(error, () => undefined)
    })
    this.#table = { is, since: performance.now() }
    return is
  }

  async #send(statement: Statement, signal: AbortSignal): Promise<readonly Texts[]> {
    try {
      return await this.#connections.query(statement, signal)
    } catch (error) {
      // The table is another one than it was.
      if (/^42...$/.test(stateOf(error))) this.#table = undefined
      throw error
    }
  }
}
