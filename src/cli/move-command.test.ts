import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BotDefinition } from 'plugboard'
import { run } from 'plugboard/cli'

let folder: string
let out = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugboard-'))
  out = ''
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

const move = (words: string, environment: Record<string, string> = {}) => {
  const given = words.split(' ').filter((word) => word !== '')
  return run(new BotDefinition({ name: 'office' }), { arguments: ['move', ...given], folder, environment })
}

it.each([
  ['', {}, 'neither --to nor DATABASE_URL'],
  ['--to postgres://host/x --store memory', {}, 'only what is in a SQLite file'],
  ['--to postgres://host/x', { PLUGBOARD_STORE: 'postgres://host/y' }, 'only what is in a SQLite file'],
  ['now', {}, 'now'],
])('refuses move %s', async (words, environment, why) => {
  await move(words, environment)
  expect([process.exitCode, out]).toEqual([2, expect.stringContaining(why)])
})

it('refuses a place that is no PostgreSQL, and does not show it', async () => {
  writeFileSync(join(folder, 'kept.sqlite'), '')
  await move('--to mysql://me:hidden@host/x --store kept.sqlite')
  expect([process.exitCode, out]).toEqual([2, expect.stringContaining('postgres://user:password@host:port/database')])
  expect(out).not.toContain('hidden')
})

it('moves the file of the bot, also where DATABASE_URL says already where it is to run', async () => {
  await move('', { DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/x' })
  expect(out).toContain(`[store_missing] there is no store ${join(folder, '.plugboard/office.sqlite')}`)
})

it('tells what it takes', async () => {
  await move('--help')
  expect([process.exitCode, out]).toEqual([0, expect.stringContaining('--to <url>')])
})
