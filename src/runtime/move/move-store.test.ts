import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { run } from 'plugboard/cli'
import { type MovedTableReport, newMasterKey, openVault, startBot } from 'plugboard/runtime'
import { connectPostgres, schemaOf } from '../postgres/connect-postgres.ts'
import { Database } from '../postgres/database.ts'
import { newSchema, postgresUrl } from '../postgres/shared-postgres.fixture.ts'
import { deliver, movingBot, odd, picture } from './moving-bot.fixture.ts'

const script = fileURLToPath(new URL('./moving-process.fixture.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
const worked = join(folder, 'worked.sqlite')
const key = { PLUGBOARD_SECRET_KEY: newMasterKey().reveal() }
const many = 700
/** What was said to the bot in the file, and what it has said. */
const total = 2 * many + 9
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true }))

function start(...words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['-C', '@plugboard/source', script, ...words], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...key },
  })
  children.push(child)
  return child
}

const idle = { send: async () => {}, hear: () => {}, linger: async () => {} }

/** Runs a command of the bot. */
async function command(name: string, words: readonly string[], environment: Record<string, string> = {}) {
  const printed = { out: '', error: '' }
  const hear = (stream: NodeJS.WriteStream, to: 'out' | 'error') =>
    vi.spyOn(stream, 'write').mockImplementation((piece) => {
      printed[to] += String(piece)
      return true
    })
  const spies = [hear(process.stdout, 'out'), hear(process.stderr, 'error')]
  try {
    await run(movingBot(name, idle), { arguments: words, folder, environment: { ...key, ...environment } })
    return { code: process.exitCode, ...printed }
  } finally {
    process.exitCode = 0
    for (const spy of spies) spy.mockRestore()
  }
}

const newName = (): string => newSchema().replaceAll('_', '-')
/** The bot that has worked on the file. */
const worker = newName()

/** A bot with a copy of the file on which one has worked until it was killed. */
let files = 0
function newBot(name = newName()) {
  const file = join(folder, `${(files += 1)}.sqlite`)
  copyFileSync(worked, file)
  return { name, file, schema: schemaOf(name) }
}

beforeAll(async () => {
  const child = start('work', worker, worked, String(many))
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ])
  child.kill('SIGKILL')
  await once(child, 'exit')
  using database = new DatabaseSync(worked)
  // As one that shares a webhook has.
  database.exec("insert into identifiers values ('one', 'ada', 'one', 1)")
  // As one that somebody is about to give access has.
  database.exec("insert into oauth_flows values ('hash', 'state', 'one', 'hash', 1)")
  // As one whose platform takes only so much has.
  database.exec("insert into rate_limits values ('installation one messages 3/1000', '[[1,1]]', 1333.4, 2000)")
  database.exec("insert into pauses values ('one messages', 1)")
  // An hour later; what was in the log of the database is in the file then.
  database.exec('update states set expires_at = 1 where expires_at is not null')
  database.exec('update workflows set continue_at = 1 where continue_at is not null; pragma journal_mode = delete')
}, 120_000)

/** The id of a message, counted from the oldest. */
function messageAt(file: string, place: number): string {
  using database = new DatabaseSync(file)
  return database.prepare('select id from messages order by id limit 1 offset ?').get(place)?.['id'] as string
}

async function inPostgres<T extends object>(schema: string, statement: string): Promise<T[]> {
  await using database = await Database.open(await postgresUrl(), { schema })
  return await database.query<T>(statement)
}

describe('moving', () => {
  it('copies what is in every table, and the bot goes on where it was', async () => {
    const { name, file } = newBot(worker)
    const database = await postgresUrl()
    const moved = await command(name, ['move', '--store', file, '--json'], { DATABASE_URL: database })
    expect(moved).toMatchObject({ code: 0, error: '' })
    const report = JSON.parse(moved.out) as { tables: readonly MovedTableReport[]; to: string }
    expect(report).toMatchObject({ agrees: true, from: file, to: expect.not.stringContaining('secret') })
    const rows = Object.fromEntries(report.tables.map(({ table, source }) => [table, source.rows]))
    // Whoever worked on the file is dead.
    expect(rows).toMatchObject({ workers: 0, messages: total, dead_letters: 1, outbox: 2, inbox: 2 })
    expect(Object.keys(rows).filter((table) => rows[table] === 0)).toEqual(['workers'])
    for (const { source, target } of report.tables) expect(target).toEqual(source)

    const sent: string[] = []
    const heard: string[] = []
    const bot = movingBot(name, {
      send: async (room, said) => void sent.push(`${room}: ${said}`),
      hear: (what) => void heard.push(what),
      linger: async () => {},
    })
    await using running = await startBot(bot, { database, environment: key, url: 'http://127.0.0.1:1', traces: true })
    await vi.waitFor(() => expect([sent.length, heard.length]).toEqual([4, 3]), 20_000)
    expect(sent.filter((line) => line.startsWith('unsent'))).toEqual(['unsent: first is 1', 'unsent: second is 2'])
    expect(sent.filter((line) => line.startsWith('linger'))).toEqual(['lingering: linger is 1', 'lingering: next is 2'])
    // The step was done before it was moved, and is not done again.
    expect(heard.toSorted()).toEqual(['after the step: once', 'expire has expired', 'the workflow goes on'])
    expect(await running.actions.keeper.read({ of: 'ada' })).toMatchObject({ note: { of: 'ada', odd }, picture })
    expect(await running.interfaces.voice.say({})).toEqual({ by: 'other' })
    expect((await running.deadLetters()).items).toMatchObject([{ code: 'handler_failed' }])
    expect((await running.traces({ limit: 1 })).items).toHaveLength(1)
    await using opened = await openVault(name, key, { database })
    expect(await opened.vault.list()).toMatchObject([{ owner: 'one', name: 'TOKEN' }])
    // It is known that this has come before; what comes now goes on from there.
    for (const [id, said] of [
      ['many 0', '0'],
      ['new', 'last'],
    ] as const)
      await deliver(running, id, 'many', said)
    await running.idle()
    expect(sent.slice(4)).toEqual([`many: last is ${many + 1}`])
  }, 60_000)

  it('is begun anew when it was killed in the middle, and until then no bot starts on what is there', async () => {
    const { name, file, schema } = newBot()
    const to = await postgresUrl()
    expect(await command(name, ['migrate', '--store', to])).toMatchObject({ code: 0 })
    // It comes to a halt within the messages.
    await using holder = await Database.open(to, { schema })
    const held = await holder.pool.connect()
    using _ = { [Symbol.dispose]: () => held.release(true) }
    await held.query('select pg_advisory_lock(4711)')
    await held.query(`create function hold() returns trigger language plpgsql as
      'begin if new.id = ''${messageAt(file, many)}'' then perform pg_advisory_lock_shared(4711); end if; return new; end'`)
    await held.query('create trigger hold before insert on messages for each row execute function hold()')
    const killed = start('run', name, 'move', '--to', to, '--store', file)
    const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 4711"
    await vi.waitFor(async () => expect(await holder.query(waiting)).toHaveLength(1), 20_000)
    expect(await holder.query('select id from conversations')).not.toHaveLength(0)
    const copied = await holder.query('select id from messages')
    expect(copied.length).toBeGreaterThan(0)
    expect(copied.length).toBeLessThan(many)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    await held.query('select pg_advisory_unlock(4711)')
    await expect(connectPostgres(to, { schema })).rejects.toMatchObject({ code: 'move_unfinished' })
    await vi.waitFor(() => inPostgres(schema, 'drop function hold cascade'), 20_000)

    const moved = await command(name, ['move', '--to', to, '--store', file])
    expect(moved).toMatchObject({ code: 0, error: '' })
    expect(moved.out).toMatch(/^messages +1409 {2}[0-9a-f]{16}$/m)
    expect(await inPostgres(schema, 'select id from messages')).toHaveLength(total)

    // No bot has worked on it: it may be moved once more, with the same result.
    const again = await command(name, ['move', '--to', to, '--store', file])
    expect(again).toEqual(moved)
    await (await connectPostgres(to, { schema }))[Symbol.asyncDispose]()
    const refused = await command(name, ['move', '--to', to, '--store', file])
    expect(refused).toMatchObject({ code: 1, out: '', error: expect.stringMatching(/^error \[move_target_used\]/) })
    expect(await inPostgres(schema, 'select id from messages')).toHaveLength(total)
  }, 120_000)

  it('tells what is not the same, and no bot starts on it', async () => {
    const { name, file, schema } = newBot()
    const to = await postgresUrl()
    await command(name, ['migrate', '--store', to])
    await inPostgres(
      schema,
      `create function change() returns trigger language plpgsql as
      'begin if new.name = ''room'' and new.value = ''many'' then new.value := ''much''; end if; return new; end'`,
    )
    await inPostgres(schema, 'create trigger change before insert on tags for each row execute function change()')
    const moved = await command(name, ['move', '--to', to, '--store', file])
    expect(moved).toMatchObject({ code: 1, error: expect.stringMatching(/^error \[move_differs\] tags in postgres:/) })
    expect(moved.out.split('\n').filter((line) => line.includes('differs'))).toHaveLength(1)
    await expect(connectPostgres(to, { schema })).rejects.toMatchObject({ code: 'move_unfinished' })
    await inPostgres(schema, 'drop function change cascade')
    expect(await command(name, ['move', '--to', to, '--store', file])).toMatchObject({ code: 0 })
  }, 60_000)

  it('tells which row PostgreSQL does not take', async () => {
    const { name, file } = newBot()
    {
      using database = new DatabaseSync(file)
      database.exec("insert into tags values ('user', 'ada', 'nick', 'a' || char(0) || 'b')")
    }
    const refused = await command(name, ['move', '--to', await postgresUrl(), '--store', file])
    expect(refused).toMatchObject({
      code: 1,
      error: expect.stringContaining(
        '[move_refused] PostgreSQL does not take the row of tags with kind "user", id "ada", name "nick"',
      ),
    })
  }, 60_000)

  it('refuses a file that is in use, and one that is not there', async () => {
    const { name, file } = newBot()
    const to = await postgresUrl()
    using lock = new DatabaseSync(`${file}.lock`)
    lock.exec('begin exclusive')
    const refused = await command(name, ['move', '--to', to, '--store', file])
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('[store_in_use]') })
    const missing = await command(name, ['move', '--to', to, '--store', `${file}.none`])
    expect(missing).toMatchObject({ code: 1, error: expect.stringContaining('[store_missing]') })
  }, 60_000)

  it('refuses a target in which a bot works, and leaves it as it is', async () => {
    const { name, file, schema } = newBot()
    const to = await postgresUrl()
    await using running = await startBot(movingBot(name, idle), { database: to, environment: {} })
    await deliver(running, 'one', 'here', 'hello')
    await running.idle()
    const refused = await command(name, ['move', '--to', to, '--store', file])
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining(`drop schema "${schema}" cascade`) })
    expect(refused.error).not.toContain('secret')
    expect(await inPostgres(schema, 'select id from messages')).toHaveLength(2)
  }, 60_000)
})
