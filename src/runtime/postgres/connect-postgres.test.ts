import { describe, expect, it, vi } from 'vitest'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { speaker, speech } from '../bot/speech.fixture.ts'
import { connectPostgres, schemaOf } from './connect-postgres.ts'
import { Database } from './database.ts'
import { DatabaseClock } from './database-clock.ts'
import { migrate } from './migrate.ts'
import { newSchema, postgresUrl } from './shared-postgres.fixture.ts'

describe('bots that share a PostgreSQL', () => {
  it('follow a binding that one of them sets at once', async () => {
    const name = newSchema().replaceAll('_', '-')
    const database = await postgresUrl()
    const bot = () =>
      new BotDefinition({ name, interfaces: { speech }, defaults: { speech: 'one' } })
        .addIntegration(speaker('one'))
        .addIntegration(speaker('two'))
    await using one = await startBot(bot(), { database, lease: 600_000 })
    await using other = await startBot(bot(), { database, lease: 600_000 })
    await one.bindings.set('bot', 'speech', 'two')
    await vi.waitFor(() => expect(other.bindings.list()).toMatchObject([{ to: ['two'], generation: 2 }]), 10_000)
  })
})

describe('a schema', () => {
  it('is made once, also by those who begin at the same time', async () => {
    const schema = newSchema()
    const url = await postgresUrl()
    const databases = await Promise.all([1, 2, 3].map(() => Database.open(url, { schema, connections: 1 })))
    const states = await Promise.all(databases.map((database) => migrate(database)))
    expect(states.filter(({ missing }) => missing.length > 0)).toHaveLength(1)
    await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()))
  })

  it('of a newer version is refused', async () => {
    const schema = newSchema()
    const url = await postgresUrl()
    const database = await Database.open(url, { schema })
    await migrate(database)
    await database.query("insert into migrations values ('9999-future', 0)")
    await database[Symbol.asyncDispose]()
    await expect(connectPostgres(url, { schema })).rejects.toMatchObject({ code: 'store_newer' })
  })

  it('is named for the bot, within what PostgreSQL allows', () => {
    expect(schemaOf('my-bot')).toBe('plugboard_my_bot')
    const long = 'a'.repeat(80)
    expect(schemaOf(long)).toHaveLength(44)
    expect(schemaOf(long)).not.toBe(schemaOf(`${long}b`))
  })
})

it('the clock is that of the database, whatever the machine takes the time to be', async () => {
  const database = await Database.open(await postgresUrl(), { schema: newSchema() })
  const late = 600_000
  using one = await DatabaseClock.start(database, () => performance.now())
  using other = await DatabaseClock.start(database, () => performance.now() - late)
  expect(Math.abs(one.now() - other.now())).toBeLessThan(late / 10)
  await database[Symbol.asyncDispose]()
})

it.each(['mysql://me:hidden@host/x', 'me:hidden'])(
  'what is no URL of PostgreSQL is refused, and not shown',
  async (url) => {
    const refused = await connectPostgres(url, { schema: 'x' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'argument_invalid', message: expect.not.stringContaining('hidden') })
  },
)

it('a server that cannot be reached is told as a failure that may pass', async () => {
  const refused = await connectPostgres('postgres://me:hidden@127.0.0.1:1/x', { schema: 'x' }).catch(
    (error: unknown) => error,
  )
  expect(refused).toMatchObject({
    code: 'store_failed',
    retryable: true,
    message: expect.not.stringContaining('hidden'),
  })
})
