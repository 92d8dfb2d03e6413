import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest'
import { BotDefinition } from 'plugboard'
import { run } from 'plugboard/cli'
import { sqliteStore } from 'plugboard/runtime'

let folder: string
let out = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((piece) => {
      out += String(piece)
      return true
    })
})
afterEach(() => {
  process.exitCode = 0
  rmSync(folder, { recursive: true })
})

/** Runs `migrate …` of a bot. Gives the exit code and what was printed. */
async function migrate(words = '', environment: Record<string, string> = {}, name = 'office') {
  out = ''
  const given = words.split(' ').filter((word) => word !== '')
  await run(new BotDefinition({ name }), { arguments: ['migrate', ...given], folder, environment })
  return [process.exitCode, out] as const
}
const stored = (): string => join(folder, '.plugboard/office.sqlite')

it('makes the store that the bot then starts with, and says before what it would do', async () => {
  const [code, told] = await migrate('--check')
  expect(code).toBe(3)
  expect(told).toMatch(
    /office\.sqlite\nversion none, wanted (\d{4}-\w+)\n0001-conversations is missing\n(.*\n)*\1 is missing\n$/,
  )
  // It has not made so much as a folder.
  expect(readdirSync(folder)).toEqual([])
  expect(await migrate()).toEqual([0, told.replaceAll('is missing', 'is done')])
  const [again, nothing] = await migrate('--check')
  expect([again, nothing]).toEqual([0, expect.stringMatching(/version (\S+), wanted \1\nNothing is to be done\.\n$/)])
  expect(readdirSync(join(folder, '.plugboard')).toSorted()).toEqual(['office.sqlite', 'office.sqlite.lock'])
})

it('runs what is missing alone', async () => {
  const [, told] = await migrate('--check --json')
  const { missing: all } = JSON.parse(told) as { missing: string[] }
  await migrate()
  const taken = '0006-oauth'
  {
    using database = new DatabaseSync(stored())
    database.exec('drop table oauth_flows')
    database.prepare('delete from migrations where name = ?').run(taken)
  }
  const [code, report] = await migrate('--check --json')
  expect(code).toBe(3)
  const version = all.findLast((name) => name !== taken)
  expect(JSON.parse(report)).toMatchObject({ store: stored(), version, missing: [taken], migrated: false })
  const [done, said] = await migrate('--json')
  expect([done, JSON.parse(said)]).toEqual([0, { ...JSON.parse(report), migrated: true }])
  expect((await migrate('--check'))[0]).toBe(0)
})

it('checks a store that is in use, and does not touch it', async () => {
  await using _ = await sqliteStore(stored())
  expect((await migrate('--check'))[0]).toBe(0)
  expect(await migrate()).toEqual([1, expect.stringContaining('[store_in_use]')])
})

it('refuses the store of a newer version', async () => {
  await migrate()
  {
    using database = new DatabaseSync(stored())
    database.exec("insert into migrations values ('9999-future', 0)")
  }
  for (const words of ['', '--check'])
    expect(await migrate(words)).toEqual([1, expect.stringContaining('[store_newer]')])
})

it('makes the schema of the bot in PostgreSQL, with its queue', async () => {
  const environment = { DATABASE_URL: await text(connect(inject('postgresPort'), '127.0.0.1')) }
  const name = `migrated-${process.pid}-${Date.now()}`
  const [code, told] = await migrate('--check', environment, name)
  expect([code, told]).toEqual([
    3,
    expect.stringMatching(
      /\nversion none, wanted (.*\n)*0001-conversations is missing\n(.*\n)*queue-\d+ is missing\n$/,
    ),
  ])
  expect(told).toContain(`schema plugboard_${name.replaceAll('-', '_')}\n`)
  expect(told).not.toContain('secret')
  expect(await migrate('--check', environment, name)).toEqual([code, told])
  expect(await migrate('', environment, name)).toEqual([0, told.replaceAll('is missing', 'is done')])
  expect(await migrate('--check', environment, name)).toEqual([0, expect.stringContaining('Nothing is to be done.')])
})

it.each([
  ['--store memory', 'a store in memory'],
  ['now', 'now'],
  ['--verbose', 'verbose'],
])('refuses migrate %s', async (words, why) => {
  const [code, told] = await migrate(words)
  expect([code, told]).toEqual([2, expect.stringContaining(why)])
})

it('tells what it takes', async () => {
  expect(await migrate('--help')).toEqual([0, expect.stringContaining('--check')])
})
