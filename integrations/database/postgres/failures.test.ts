import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import database from '@plugboard/database'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { Line } from '../line.fixture.ts'
import { TestSchema } from './postgres.fixture.ts'

const schema = await TestSchema.open(
  `CREATE TABLE things (id serial PRIMARY KEY, name varchar(1000))`,
  `INSERT INTO things (name) VALUES ('one')`,
)
const role = `few_${schema.schema}`
await schema.run(
  `CREATE ROLE ${role} LOGIN PASSWORD 'few' CONNECTION LIMIT 1`,
  `GRANT USAGE ON SCHEMA ${schema.schema} TO ${role}`,
  `GRANT SELECT ON things TO ${role}`,
)
afterAll(async () => {
  await schema.run(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`)
  await schema[Symbol.asyncDispose]()
})

const start = async (url: string, connections = 1) =>
  startBot(
    new BotDefinition({ name: 'clerk' }).addIntegration(database, {
      configuration: { url, schema: schema.schema, table: 'things', connections },
    }),
    { environment: {}, log: () => {} },
  )
const one = { items: [{ id: '1', name: 'one' }] }
const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity
  WHERE application_name = 'plugboard' AND wait_event_type = 'Lock' AND query LIKE '%${schema.schema}%'`

describe('a server that goes away', () => {
  it('is told as passing, and used again when it is back', async () => {
    await using line = await Line.to(schema.url)
    await using bot = await start(line.url)
    const { listItems } = bot.actions.database
    expect(await listItems({})).toEqual(one)
    await line.cut()
    const gone = { code: 'vendor_unavailable', retryable: true }
    await expect(listItems({})).rejects.toMatchObject(gone)
    await expect(listItems({})).rejects.toMatchObject(gone)
    await line.mend()
    expect(await listItems({})).toEqual(one)
  })

  it('in the middle of a statement is told as passing', async () => {
    await using bot = await start(schema.url)
    await schema.run('BEGIN', 'LOCK TABLE things')
    const listing = bot.actions.database.listItems({})
    const failure = listing.catch((error: unknown) => error)
    // Within the transaction the statistics stay as they were first read.
    await vi.waitFor(async () => {
      await schema.run('SELECT pg_stat_clear_snapshot()')
      expect(await schema.rows(waiting)).toEqual([{ count: 1 }])
    })
    await schema.run(waiting.replace('count(*)::int AS count', 'pg_terminate_backend(pid)'))
    expect(await failure).toMatchObject({ code: 'vendor_unavailable', retryable: true })
    await schema.run('ROLLBACK')
    expect(await bot.actions.database.listItems({})).toEqual(one)
  })
})

it('is told as passing that the database gives no more connections', async () => {
  const url = new URL(schema.url)
  url.username = role
  url.password = 'few'
  await using bot = await start(url.href, 2)
  const { listItems } = bot.actions.database
  await schema.run('BEGIN', 'LOCK TABLE things')
  const first = listItems({})
  await expect(listItems({})).rejects.toMatchObject({
    code: 'vendor_unavailable',
    retryable: true,
    message: expect.stringContaining('53300') as string,
  })
  await schema.run('ROLLBACK')
  expect(await first).toEqual(one)
})

it('is not registered with a wrong password, which is told nowhere', async () => {
  const url = new URL(schema.url)
  url.password = 'not-the-password'
  await using bot = await start(url.href)
  const failed = bot.actions.database.listItems({})
  await expect(failed).rejects.toMatchObject({
    code: 'registration_failed',
    message: expect.stringContaining('[vendor_unauthorized]') as string,
  })
  await expect(failed).rejects.not.toThrow('not-the-password')
})

it('cancels in the database what its caller aborts', async () => {
  await using bot = await start(schema.url)
  await schema.run('BEGIN', 'LOCK TABLE things')
  const abort = new AbortController()
  const listing = bot.actions.database.listItems({}, { signal: abort.signal })
  const failure = listing.catch((error: unknown) => error)
  const blocked = async (count: number) => {
    await schema.run('SELECT pg_stat_clear_snapshot()')
    expect(await schema.rows(waiting)).toEqual([{ count }])
  }
  await vi.waitFor(() => blocked(1))
  abort.abort()
  expect(await failure).toMatchObject({ code: 'aborted' })
  await vi.waitFor(() => blocked(0))
  await schema.run('ROLLBACK')
  expect(await bot.actions.database.listItems({})).toEqual(one)
})

it('closes its connections when the bot stops', async () => {
  await using line = await Line.to(schema.url)
  const bot = await start(line.url, 3)
  await Promise.all([1, 2, 3].map(async () => bot.actions.database.listItems({})))
  expect(line.open).toBeGreaterThan(0)
  await bot.stop()
  await vi.waitFor(() => expect(line.open).toBe(0))
})

it('is reached by the parts of its address as well', async () => {
  const { hostname: host, port, username: user, password, pathname } = new URL(schema.url)
  const configuration = { host, port: Number(port), user, password, database: pathname.slice(1), schema: schema.schema }
  await using bot = await startBot(
    new BotDefinition({ name: 'clerk' }).addIntegration(database, {
      configurationType: 'postgres',
      configuration: { ...configuration, table: 'things' },
    }),
    { environment: {}, log: () => {} },
  )
  expect(await bot.actions.database.listItems({})).toEqual(one)
})

it.each([
  ['a page of something else', 'HTTP/1.1 400 Bad Request\r\n\r\n<html>no</html>'],
  ['half a message, and closes', 'R\u0000\u0000'],
  ['a message that there is not', '\u0001\u0000\u0000\u0000\u0005x'],
])('is told of a server that answers with %s, and is not registered', async (_, nonsense) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(nonsense, 'latin1'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(schema.url)
  url.port = String((server.address() as AddressInfo).port)
  await using bot = await start(url.href)
  const failed = bot.actions.database.listItems({})
  await expect(failed).rejects.toMatchObject({
    code: 'registration_failed',
    message: expect.stringMatching(/\[vendor_(?:unavailable|failed)\]/) as string,
  })
  server.close()
})

it('is told as passing when an answer breaks off in the middle, or turns into nonsense', async () => {
  await using line = await Line.to(schema.url)
  await using bot = await start(line.url)
  const { listItems } = bot.actions.database
  expect(await listItems({})).toEqual(one)
  for (const nonsense of ['D\u0000\u0000\u0000\u00ff\u0000', 'HTTP/1.1 502 Bad Gateway\r\n\r\n']) {
    line.answersWith = nonsense
    await expect(listItems({})).rejects.toMatchObject({ code: 'vendor_unavailable', retryable: true })
    line.answersWith = undefined
    expect(await listItems({})).toEqual(one)
  }
})

it('is refused that a value is too long for its column, and nothing of it is stored or told', async () => {
  await using bot = await start(schema.url)
  const draft = { name: 'private'.repeat(1_000_000) }
  const creating = bot.actions.database.createItem({ draft })
  await expect(creating).rejects.toMatchObject({
    code: 'vendor_refused',
    retryable: false,
    message: expect.not.stringContaining('private') as string,
  })
  expect(await bot.actions.database.listItems({})).toEqual(one)
})
