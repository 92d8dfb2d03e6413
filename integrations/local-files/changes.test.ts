import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import localFiles from '@plugboard/local-files'
import { BotDefinition, BotImplementation } from 'plugboard'
import { sqliteStore, startBot } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let base: string
let folder: string
let store: Awaited<ReturnType<typeof sqliteStore>>
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'plugboard-local-files-'))
  folder = join(base, 'shared')
  await mkdir(folder)
  store = await sqliteStore(join(base, 'bot.sqlite'))
})
afterEach(async () => {
  await store[Symbol.asyncDispose]()
  await rm(base, { recursive: true })
})

/** A bot that hears what changes in the folder. Its store outlives it. */
async function start({ lookEvery = 86_400 } = {}) {
  const definition = new BotDefinition().addIntegration(localFiles, {
    alias: 'files',
    configuration: { folder, lookEvery },
  })
  const bot = new BotImplementation(definition)
  const heard: string[] = []
  const at = (type: string, key: string) => void heard.push(`${type} ${key}`)
  bot.on.event('files:fileCreated', async ({ event }) => at('created', event.payload.file.id))
  bot.on.event('files:fileUpdated', async ({ event }) => at('updated', event.payload.file.id))
  bot.on.event('files:fileDeleted', async ({ event }) => at('deleted', event.payload.id))
  bot.on.event('files:itemDeleted', async ({ event }) => at('item deleted', event.payload.id))
  const log: string[] = []
  const running = await startBot(bot, { store, log: (line) => void log.push(JSON.stringify(line)) })
  return Object.assign(running, {
    log,
    heard: () => heard.toSorted(),
  })
}
const write = (key: string, text = key) => writeFile(join(folder, key), text)
const waiting = { timeout: 20_000 }
const all = (...events: string[]) => events.toSorted()
const content = new TextEncoder().encode('by the bot')
const gone = (key: string) => [`deleted ${key}`, `item deleted ${key}`]

describe('a folder', () => {
  it('tells nothing of what was there at first, and each change of another program once', async () => {
    await write('first')
    await using bot = await start()
    await write('second')
    await expect.poll(bot.heard, waiting).toEqual(all('created second'))
    await write('first', 'another text')
    await expect.poll(bot.heard, waiting).toEqual(all('created second', 'updated first'))
    await rm(join(folder, 'second'))
    await expect.poll(bot.heard, waiting).toEqual(all('created second', 'updated first', ...gone('second')))
  }, 60_000)

  it('tells of files in folders that come later, and of one that is moved as of one that goes and one that comes', async () => {
    await using bot = await start()
    await mkdir(join(folder, 'deep', 'er'), { recursive: true })
    await write('deep/er/one')
    await expect.poll(bot.heard, waiting).toEqual(all('created deep/er/one'))
    await write('deep/er/two')
    await expect.poll(bot.heard, waiting).toEqual(all('created deep/er/one', 'created deep/er/two'))
    await rename(join(folder, 'deep'), join(folder, 'other'))
    const moved = ['one', 'two'].flatMap((name) => [...gone(`deep/er/${name}`), `created other/er/${name}`])
    await expect.poll(bot.heard, waiting).toEqual(all('created deep/er/one', 'created deep/er/two', ...moved))
    await write('other/er/two', 'another text')
    await expect
      .poll(bot.heard, waiting)
      .toEqual(all('created deep/er/one', 'created deep/er/two', ...moved, 'updated other/er/two'))
  }, 60_000)

  it('tells once, when the bot runs again, of what was changed while it was away', async () => {
    for (const key of ['stays', 'changes', 'goes']) await write(key)
    await (await start()).stop()
    await write('changes', 'another text')
    await write('comes')
    await rm(join(folder, 'goes'))
    const expected = ['created comes', 'updated changes', ...gone('goes')]
    {
      await using bot = await start()
      await expect.poll(bot.heard, waiting).toEqual(all(...expected))
    }
    await using again = await start()
    await write('afterwards')
    await expect.poll(again.heard, waiting).toEqual(all('created afterwards'))
  }, 60_000)

  it('tells once of what the bot itself writes, writes anew and deletes', async () => {
    await using bot = await start()
    const { putFile, deleteFile, deleteItem } = bot.actions.files
    await putFile({ key: 'deep/one', content })
    await expect.poll(bot.heard, waiting).toEqual(all('created deep/one'))
    const { file } = await putFile({ key: 'deep/one', content: new TextEncoder().encode('by the bot, anew') })
    await expect.poll(bot.heard, waiting).toEqual(all('created deep/one', 'updated deep/one'))
    await deleteItem({ item: file })
    await deleteFile({ key: 'deep/one' })
    await expect.poll(bot.heard, waiting).toEqual(all('created deep/one', 'updated deep/one', ...gone('deep/one')))
    // Whatever was told twice would be so by the time that the next change is.
    await write('next')
    await expect
      .poll(bot.heard, waiting)
      .toEqual(all('created deep/one', 'updated deep/one', ...gone('deep/one'), 'created next'))
  }, 60_000)

  it('tells of a file that the bot deletes, and that is there again before anybody looks, as of one that comes', async () => {
    await write('one')
    await using bot = await start()
    await bot.actions.files.deleteFile({ key: 'one' })
    await write('one', 'another text')
    await expect.poll(bot.heard, waiting).toEqual(all(...gone('one'), 'created one'))
  }, 60_000)

  it('tells of nothing that the bot has not written to its end', async () => {
    await using bot = await start()
    async function* slow() {
      yield content
      await write('meanwhile')
      await expect.poll(bot.heard, waiting).toEqual(all('created meanwhile'))
      yield content
    }
    await bot.actions.files.putFile({ key: 'slow', content: slow })
    await expect.poll(bot.heard, waiting).toEqual(all('created meanwhile', 'created slow'))
  }, 60_000)

  it('tells once of each of many files that the bot deletes while it is looked through', async () => {
    await using bot = await start()
    const keys = Array.from({ length: 60 }, (_, index) => `${index % 3}/${index}`)
    for (const key of keys) await bot.actions.files.putFile({ key, content })
    const created = keys.map((key) => `created ${key}`)
    await expect.poll(bot.heard, waiting).toEqual(all(...created))
    // Others delete the same at once.
    await Promise.all(keys.flatMap((key) => [0, 1].map(() => bot.actions.files.deleteFile({ key }))))
    await expect.poll(bot.heard, waiting).toEqual(all(...created, ...keys.flatMap(gone)))
    await write('next')
    await expect.poll(bot.heard, waiting).toEqual(all(...created, ...keys.flatMap(gone), 'created next'))
    await vi.waitFor(async () => {
      const { state } = await bot.clientOf('files').getState({ name: 'deletions' })
      expect(state?.payload).toEqual({})
    })
  }, 60_000)

  it('leaves it to whoever deletes for the bot to tell of it, however long that takes', async () => {
    await write('one')
    await using bot = await start()
    const mark = (isTold: boolean) =>
      bot.clientOf('files').patchState({
        name: 'deletions',
        payload: { slow: { key: 'one', at: Date.now() + 86_400_000, isTold } },
      })
    await mark(false)
    await rm(join(folder, 'one'))
    await write('next')
    await expect.poll(bot.heard, waiting).toEqual(all('created next'))
    await mark(true)
    await write('last')
    await expect.poll(bot.heard, waiting).toEqual(all('created next', 'created last'))
  }, 60_000)

  it('tells of what a process of the bot has deleted that died before it could', async () => {
    await write('one')
    await using bot = await start()
    const payload = { dead: { key: 'one', at: Date.now() - 120_000, isTold: false } }
    await bot.clientOf('files').patchState({ name: 'deletions', payload })
    await rm(join(folder, 'one'))
    await expect.poll(bot.heard, waiting).toEqual(all(...gone('one')))
  }, 60_000)

  it('deletes nothing by going away as a whole, and tells of what has changed when it is back', async () => {
    await write('stays')
    await using bot = await start({ lookEvery: 1 })
    await rename(folder, join(base, 'away'))
    await vi.waitFor(() => expect(bot.log.join()).toContain('there is no folder'), { timeout: 20_000 })
    await writeFile(join(base, 'away', 'comes'), 'comes')
    await rename(join(base, 'away'), folder)
    await expect.poll(bot.heard, waiting).toEqual(all('created comes'))
  }, 60_000)

  it('tells of many files at once, each of them once', async () => {
    await using bot = await start()
    const keys = Array.from({ length: 1201 }, (_, index) => `file-${index}`)
    for (const key of keys) await write(key)
    await expect.poll(bot.heard, waiting).toEqual(all(...keys.map((key) => `created ${key}`)))
  }, 60_000)
})
