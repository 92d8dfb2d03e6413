import type { Client } from 'pg'
import { TopicListeners } from '../memory/topic-listeners.ts'
import type { AnnouncementListener, Announcer } from '../ports/announcer.ts'
import { type Database, prepared, quoted } from './database.ts'
import { NoticeReader, NoticeWriter } from './notices.ts'
import { loadPostgres } from './packages.ts'

/** Milliseconds before a connection that broke is made anew, and between looks whether it still lives. */
const pause = 1000
const lookEvery = 10_000

/** How many texts go into one statement. */
const batch = 100

/**
 * What the processes of a bot tell each other by LISTEN and NOTIFY, over a connection of its own. An announcement may be
 * lost while the connection is broken; when it is there again, everything counts as announced. What has data is told at
 * once within the process, and to others in one go with what is announced meanwhile.
 */
export class Announcements implements Announcer, AsyncDisposable {
  readonly #database: Database
  readonly #listeners = new TopicListeners()
  readonly #writer = new NoticeWriter()
  readonly #reader = new NoticeReader(this.#writer.sender)
  /** What other processes are to be told. */
  readonly #outgoing: string[] = []
  #sending: Promise<void> | undefined
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

  listen(topic: string, listener: AnnouncementListener): () => void {
    return this.#listeners.add(topic, listener)
  }

  async announce(topic: string, data?: string): Promise<void> {
    if (data === undefined) {
      await this.#database.query('select pg_notify($1, $2)', [this.#database.schema, topic])
      return
    }
    this.#listeners.tell(topic, data)
    this.#outgoing.push(...this.#writer.write({ topic, data }))
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined
    })
    await this.#sending
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#sending
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
    this.#reader.clear()
    for (const topic of this.#listeners.topics) this.#listeners.tell(topic)
    this.#look(client)
  }

  #tell(payload: string): void {
    const notice = this.#reader.read(payload)
    if (notice) this.#listeners.tell(notice.topic, notice.data)
  }

  async #sendAll(): Promise<void> {
    // What is announced in one go travels together.
    await Promise.resolve()
    while (this.#outgoing.length > 0) {
      const texts = this.#outgoing.splice(0, batch)
      try {
        await this.#database.transaction(async (connection) => {
          // Nothing of it is kept, so nothing waits for the disk.
          await connection.query('set local synchronous_commit = off')
          await connection.query(
            prepared('select pg_notify($1, text) from unnest($2::text[]) as text', [this.#database.schema, texts]),
          )
        })
      } catch {
        // What is announced may be lost.
      }
    }
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
