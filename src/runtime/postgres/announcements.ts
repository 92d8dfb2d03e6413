import type { Client } from 'pg'
import type { Announcer } from '../ports/announcer.ts'
import { type Database, quoted } from './database.ts'
import { loadPostgres } from './packages.ts'

/** Milliseconds before a connection that broke is made anew, and between looks whether it still lives. */
const pause = 1000
const lookEvery = 10_000

/**
 * What the processes of a bot tell each other by LISTEN and NOTIFY, over a connection of its own. An announcement may be
 * lost while the connection is broken; when it is there again, everything counts as announced.
 */
export class Announcements implements Announcer, AsyncDisposable {
  readonly #database: Database
  readonly #listeners = new Map<string, Set<() => void>>()
  #client: Client | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  private constructor(database: Database) {
    this.#database = database
  }

  static async start(database: Database): Promise<Announcements> {
    const announcements = new Announcements(database)
    await announcements.#connect()
    return announcements
  }

  listen(topic: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  async announce(topic: string): Promise<void> {
    await this.#database.query('select pg_notify($1, $2)', [this.#database.schema, topic])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => {})
  }

  async #connect(): Promise<void> {
    const { Client } = await loadPostgres()
    const client = new Client({
      connectionString: this.#database.url,
      application_name: 'plugboard listening',
      keepAlive: true,
      connectionTimeoutMillis: lookEvery,
      query_timeout: lookEvery,
    })
    this.#client = client
    client.on('error', () => this.#lost(client))
    client.on('end', () => this.#lost(client))
    client.on('notification', ({ payload = '' }) => this.#tell(payload))
    try {
      await client.connect()
      await client.query(`listen ${quoted(this.#database.schema)}`)
    } catch {
      this.#lost(client)
      return
    }
    for (const topic of this.#listeners.keys()) this.#tell(topic)
    this.#look(client)
  }

  #tell(topic: string): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener()
  }

  /** A connection whose other end has vanished says nothing of it by itself. */
  #look(client: Client): void {
    this.#timer = setTimeout(() => {
      client.query('select 1').then(
        () => client === this.#client && this.#look(client),
        () => this.#lost(client),
      )
    }, lookEvery)
    this.#timer.unref()
  }

  #lost(client: Client): void {
    if (client !== this.#client || this.#closed) return
    this.#client = undefined
    clearTimeout(this.#timer)
    client.end().catch(() => {})
    this.#timer = setTimeout(() => void this.#connect(), pause)
    this.#timer.unref()
  }
}
