import { DatabaseSync } from 'node:sqlite'
import { Pool, type PoolClient } from 'pg'
import { v7 as uuid } from 'uuid'
import { schemaOf } from '../src/runtime/postgres/connect-postgres.ts'

/** What came in, to be inserted as the store would. */
export interface RawMessage {
  readonly delivery: string
  readonly room: string
  readonly text: string
}

/** A store that was written by hand for this one purpose: what the rows and their commits cost at least. */
export interface RawStore extends AsyncDisposable {
  /** Resolves once it is committed. */
  insert(message: RawMessage): Promise<void>
}

/** Opens a store that a bot has made, and in which there are the rooms `r0`, `r1` and so on. */
export function openRaw(place: string): Promise<RawStore> {
  return place.startsWith('postgres:') ? rawPostgres(place) : rawSqlite(place)
}

const statements = {
  delivery: 'insert into deliveries (key, at) values ($1, $2) on conflict (key) do nothing returning key',
  sequence:
    "update conversations set last_sequence = last_sequence + 1 where integration = 'desk' and channel = 'room' and identity = $1 returning id, last_sequence",
  message:
    "insert into messages (id, conversation_id, sequence, user_id, direction, type, payload, tags, created_at, unsent) values ($1, $2, $3, $4, 'incoming', 'text', $5, '{}', $6, 0)",
  inbox: `insert into inbox (id, lane, sequence, origin, kind, record, "only", finished, attempts, not_before, at, trace)
    values ($1, $2, $3, 'desk', 'message', $4, null, '[]', 0, 0, $5, null)`,
}

interface Numbered {
  readonly id: string
  readonly last_sequence: number
}

function rowsFor({ room, delivery, text }: RawMessage) {
  const [now, id] = [Date.now(), uuid()]
  return {
    delivery: [delivery, now],
    sequence: [JSON.stringify([['room', room]])],
    message: ({ id: conversation, last_sequence }: Numbered) => [
      id,
      conversation,
      last_sequence,
      conversation,
      JSON.stringify({ text }),
      new Date(now).toISOString(),
    ],
    inbox: ({ id: conversation, last_sequence }: Numbered) => [id, `in ${conversation}`, last_sequence, id, now],
  }
}

/** `node:sqlite`, WAL, synchronous = full, statements prepared once. Whatever is asked for at once is one commit. */
async function rawSqlite(path: string): Promise<RawStore> {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  const prepare = (sql: string) => database.prepare(sql.replaceAll(/\$\d/g, '?'))
  const delivery = prepare(statements.delivery)
  const sequence = prepare(statements.sequence)
  const message = prepare(statements.message)
  const inbox = prepare(statements.inbox)
  let waiting: { given: RawMessage; done(): void }[] = []
  const commit = (): void => {
    const group = waiting
    waiting = []
    database.exec('begin immediate')
    for (const { given } of group) {
      const rows = rowsFor(given)
      if (!delivery.get(...rows.delivery)) continue
      const numbered = sequence.get(...rows.sequence) as unknown as Numbered
      message.run(...rows.message(numbered))
      inbox.run(...rows.inbox(numbered))
    }
    database.exec('commit')
    for (const { done } of group) done()
  }
  return {
    insert: (given) =>
      new Promise((done) => {
        if (waiting.length === 0) setImmediate(commit)
        waiting.push({ given, done })
      }),
    [Symbol.asyncDispose]: async () => database.close(),
  }
}

/** `pg` with as many connections as a bot has, named statements, a transaction for each message, statements sent together where they can be. */
async function rawPostgres(url: string): Promise<RawStore> {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    pipeline: true,
    // The pool waits for it, which its types do not say.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: async (client) => {
      await client.query(`set search_path = "${schemaOf('load')}"`)
    },
  })
  const send = (connection: PoolClient, name: keyof typeof statements, values: readonly unknown[]) =>
    connection.query<Record<string, unknown>>({ name, text: statements[name], values: [...values] })
  return {
    insert: async (given) => {
      const rows = rowsFor(given)
      const connection = await pool.connect()
      const [, delivered, sequence] = await Promise.all([
        connection.query('begin'),
        send(connection, 'delivery', rows.delivery),
        send(connection, 'sequence', rows.sequence),
      ])
      const numbered = sequence.rows[0] as unknown as Numbered
      await Promise.all([
        ...(delivered.rows.length > 0
          ? [send(connection, 'message', rows.message(numbered)), send(connection, 'inbox', rows.inbox(numbered))]
          : []),
        connection.query('commit'),
      ])
      connection.release()
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
