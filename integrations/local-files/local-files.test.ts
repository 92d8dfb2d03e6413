import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import localFiles from '@plugboard/local-files'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { failureOf } from './failure.ts'

let base: string
let folder: string
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'plugboard-local-files-'))
  folder = join(base, 'shared')
  await mkdir(folder)
})
afterEach(() => rm(base, { recursive: true }))

const start = () =>
  startBot(new BotDefinition().addIntegration(localFiles, { alias: 'files', configuration: { folder } }), {
    log: () => {},
  })
const content = new TextEncoder().encode('by the bot')
const refused = { code: 'vendor_refused', retryable: false }

test('a link is neither listed, read, written through nor deleted', async () => {
  await mkdir(join(base, 'outside'))
  await writeFile(join(base, 'outside', 'secret'), 'secret')
  await symlink(join(base, 'outside'), join(folder, 'folder'))
  await symlink(join(base, 'outside', 'secret'), join(folder, 'file'))
  await using bot = await start()
  const { listItems, listItemsInFolder, getFile, putFile, deleteFile } = bot.actions.files
  expect(await listItems({})).toEqual({ items: [] })
  expect(await listItemsInFolder({})).toEqual({ files: [], folders: [] })
  await expect(listItemsInFolder({ folder: { id: 'folder', name: 'folder' } })).rejects.toMatchObject(refused)
  for (const key of ['file', 'folder/secret']) {
    await expect(getFile({ key }).output()).rejects.toMatchObject(refused)
    await deleteFile({ key })
  }
  await expect(putFile({ key: 'folder/secret', content })).rejects.toMatchObject(refused)
  expect(await readdir(join(base, 'outside'))).toEqual(['secret'])
  expect(await readFile(join(base, 'outside', 'secret'), 'utf8')).toBe('secret')
})

test.each(['../outside', 'a/../../outside', '/etc/hostname', '.', '', 'a//b', 'a\\b'])(
  'an id that is no path beneath the folder is that of nothing: %j',
  async (id) => {
    await writeFile(join(base, 'outside'), 'outside')
    await using bot = await start()
    const file = { id, key: id, name: 'outside', size: 7, updatedAt: '' }
    await expect(bot.actions.files.readItem({ id })).rejects.toMatchObject(refused)
    await expect(bot.actions.files.readFile({ file }).output()).rejects.toMatchObject(refused)
    await bot.actions.files.deleteItem({ item: file })
    await expect(bot.actions.files.listItemsInFolder({ folder: { id, name: '' } })).rejects.toMatchObject(refused)
    expect((await stat(join(base, 'outside'))).size).toBe(7)
  },
)

test('what failed leaves neither a file nor its folders', async () => {
  await using bot = await start()
  async function* breaking() {
    yield content
    throw new Error('the source is gone')
  }
  await expect(bot.actions.files.putFile({ key: 'deep/er/file', content: breaking })).rejects.toMatchObject({
    ...refused,
    message: 'the content broke off: the source is gone',
    where: { path: 'content' },
  })
  expect(await readdir(folder)).toEqual([])
})

test.each([
  ['always has more to give', false],
  ['gives nothing any more', true],
])('an aborted write of what %s ends, and leaves nothing', async (_, hangs) => {
  await using bot = await start()
  const control = new AbortController()
  async function* endless() {
    for (;;) {
      yield content
      control.abort()
      if (hangs) await new Promise<never>(() => {})
    }
  }
  const writing = bot.actions.files.putFile({ key: 'deep/er/file', content: endless }, { signal: control.signal })
  await expect(writing).rejects.toMatchObject({ code: 'aborted' })
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]))
})

test('a file that is read is left in the middle when its reader aborts, and is no whole one then', async () => {
  await writeFile(join(folder, 'long'), Buffer.alloc(5_000_000, 1))
  await using bot = await start()
  const control = new AbortController()
  const stream = bot.actions.files.getFile({ key: 'long' }, { signal: control.signal })
  let pieces = 0
  const reading = (async () => {
    for await (const _ of stream) {
      pieces += 1
      control.abort()
    }
  })()
  await expect(reading).rejects.toMatchObject({ code: 'aborted' })
  await expect(stream.output()).rejects.toMatchObject({ code: 'aborted' })
  expect(pieces).toBe(1)
})

test('a file that is too large for the system is refused, and what was there stays', async () => {
  await using bot = await start()
  await bot.actions.files.putFile({ key: 'kept', content })
  async function* breaking() {
    yield content
    yield Buffer.alloc(1_000_000)
    throw Object.assign(new Error('EFBIG: file too large'), { code: 'EFBIG' })
  }
  await expect(bot.actions.files.putFile({ key: 'kept', content: breaking })).rejects.toMatchObject(refused)
  expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('by the bot')
  expect(await readdir(folder)).toEqual(['kept'])
})

test('what is being written is not listed, and what a dead process left is removed a day later', async () => {
  const [old, fresh] = [0, 1].map(() => `.plugboard-${crypto.randomUUID()}.part`) as [string, string]
  await writeFile(join(folder, old), 'half')
  await writeFile(join(folder, fresh), 'half')
  await utimes(join(folder, old), 0, 0)
  await using bot = await start()
  expect(await readdir(folder)).toEqual([fresh])
  expect(await bot.actions.files.listFiles({})).toEqual({ files: [] })
  await expect(bot.actions.files.getFile({ key: fresh }).output()).rejects.toMatchObject(refused)
  await expect(bot.actions.files.putFile({ key: fresh, content })).rejects.toMatchObject(refused)
})

test('a key beneath a file, or in the place of a folder, is refused', async () => {
  await using bot = await start()
  await bot.actions.files.putFile({ key: 'a/b', content })
  for (const key of ['a', 'a/b/c', 'x'.repeat(300)])
    await expect(bot.actions.files.putFile({ key, content })).rejects.toMatchObject(refused)
  expect((await bot.actions.files.listFiles({})).files.map(({ key }) => key)).toEqual(['a/b'])
})

test('folders go with the last file that is deleted from them', async () => {
  await using bot = await start()
  await bot.actions.files.putFile({ key: 'a/b/one', content })
  await bot.actions.files.putFile({ key: 'a/two', content })
  await bot.actions.files.deleteFile({ key: 'a/b/one' })
  expect(await readdir(join(folder, 'a'))).toEqual(['two'])
  await bot.actions.files.deleteFile({ key: 'a/two' })
  expect(await readdir(folder)).toEqual([])
})

test('a file and a folder whose names begin alike are listed in one order, however they are paged', async () => {
  await using bot = await start()
  const keys = ['a', 'a-b', 'a.txt', 'b/c', 'b-c', 'b.c/d']
  for (const key of keys) await bot.actions.files.putFile({ key, content })
  const met: string[] = []
  let cursor: string | undefined
  do {
    const page = await bot.actions.files.listFiles({ cursor, limit: 1 })
    met.push(...page.files.map(({ key }) => key))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(met).toEqual(keys.toSorted())
})

test('a folder that is not there any more passes when it comes back', async () => {
  await using bot = await start()
  await rm(folder, { recursive: true })
  const expected = { code: 'vendor_unavailable', retryable: true }
  await expect(bot.actions.files.listItems({})).rejects.toMatchObject(expected)
  await expect(bot.actions.files.putFile({ key: 'a', content })).rejects.toMatchObject(expected)
  await expect(bot.actions.files.deleteFile({ key: 'a' })).rejects.toMatchObject(expected)
})

test.each([
  ['ENOENT', 'vendor_refused', false],
  ['EACCES', 'vendor_unauthorized', false],
  ['EROFS', 'vendor_unauthorized', false],
  ['ENOSPC', 'vendor_unavailable', true],
  ['EMFILE', 'vendor_unavailable', true],
  ['EXDEV', 'vendor_failed', false],
])('%s of the system is told as %s', (system, code, retryable) => {
  const error = Object.assign(new Error(`${system}: in /a/secret/place`), { code: system })
  expect(failureOf(error, "'a' cannot be written")).toMatchObject({
    code,
    retryable,
    message: `'a' cannot be written: the system says ${system}`,
  })
})

test('the icon and the read-me are where the definition says', async () => {
  for (const path of [localFiles.icon, localFiles.readme])
    expect((await stat(new URL(String(path), import.meta.url))).isFile()).toBe(true)
})
