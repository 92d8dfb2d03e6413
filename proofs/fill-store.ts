import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { sqliteStore } from 'plugboard/runtime'
import { connectPostgres, schemaOf } from '../src/runtime/postgres/connect-postgres.ts'

// Conversations that were there before: `r0`, `r1` and so on, each with its tag, a user with one, a message and its
// delivery, inserted directly.

const id = (kind: number): string => `printf('018bcfe5-6800-7000-8${kind}00-%012x', n)`
const at = 1_700_000_000_000

const statements: readonly string[] = [
  `insert into users (id, owner, identity, tags, name, picture_url, created_at, updated_at)
   select ${id(1)}, 'desk', printf('[["id","r%d"]]', n), printf('{"id":"r%d"}', n), null, null, ${at}, ${at} from numbers`,
  `insert into tags (kind, id, name, value) select 'user', ${id(1)}, 'id', printf('r%d', n) from numbers`,
  `insert into conversations (id, integration, channel, identity, tags, last_sequence, created_at, updated_at)
   select ${id(2)}, 'desk', 'room', printf('[["room","r%d"]]', n), printf('{"room":"r%d"}', n), 1, ${at}, ${at} from numbers`,
  `insert into tags (kind, id, name, value) select 'conversation', ${id(2)}, 'room', printf('r%d', n) from numbers`,
  `insert into messages (id, conversation_id, sequence, user_id, direction, type, payload, tags, created_at, unsent)
   select ${id(3)}, ${id(2)}, 1, ${id(1)}, 'incoming', 'text', '{"text":"a message as long as a usual one is"}', '{}',
   '2023-11-14T22:13:20.000Z', 0 from numbers`,
  `insert into deliveries (key, at) select printf('desk:before/%d', n), ${at} from numbers`,
]

/** Makes a store in a SQLite file, with so many conversations in it. */
export async function fillSqlite(path: string, conversations: number): Promise<void> {
  await (await sqliteStore(path))[Symbol.asyncDispose]()
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -200000')
  database.exec('begin')
  const numbers = `with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${conversations - 1})`
  for (const statement of statements) database.exec(`${numbers} ${statement}`)
  database.exec('commit; pragma wal_checkpoint(truncate)')
  database.close()
}

/** Makes a store in an empty PostgreSQL, with so many conversations in it. */
export async function fillPostgres(url: string, conversations: number): Promise<void> {
  await (await connectPostgres(url, { schema: schemaOf('load') }))[Symbol.asyncDispose]()
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`set search_path = "${schemaOf('load')}"; set synchronous_commit = off`)
  for (const statement of statements) {
    const written = statement
      .replaceAll(/printf\('(018b[^']*)%012x', n\)/g, "'$1' || lpad(to_hex(n), 12, '0')")
      .replaceAll(/printf\(('[^']*')/g, 'format($1')
      .replaceAll('%d', '%s')
      .replace('from numbers', `from generate_series(0, ${conversations - 1}) as n`)
    await client.query(written)
  }
  // Which it does by itself, some minutes later.
  await client.query('analyze')
  await client.query('checkpoint')
  await client.end()
}

/** Makes an empty database in a PostgreSQL. Gives its URL. */
export async function newDatabase(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>("select 'made_' || count(*) as name from pg_database")
  const name = rows[0]?.name ?? ''
  await client.query(`create database ${name}`)
  await client.end()
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}
