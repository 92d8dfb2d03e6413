import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import localFiles from '@plugboard/local-files'
import memory from '@plugboard/memory'
import { BotDefinition, BotImplementation, PlugboardError } from 'plugboard'
import listable from 'plugboard/interfaces/listable'
import synchronizer from 'plugboard/plugins/synchronizer'
import { sqliteStore, startBot, type StartOptions } from 'plugboard/runtime'
import { adversary, Calendar, fake } from 'plugboard/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

const quiet = { environment: {}, log: () => {} }
const seed = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => ({ title }))
type Listing = (input: { cursor?: string | undefined }) => { items: { id: string }[]; nextCursor?: string | undefined }

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'synchronizer-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

/** A bot that mirrors what a double lists. */
function listing(listItems: Listing | (() => Promise<never>)) {
  const double = fake(listable, { name: 'list', actions: { listItems: listItems as Listing } })
  return { double, bot: new BotDefinition().addIntegration(double).addPlugin(synchronizer) }
}

type Listed = ReturnType<typeof listing>['bot']

async function start(bot: Listed, options: StartOptions = {}) {
  const running = await startBot(bot, { ...quiet, ...options })
  const begin = async () => (await running.actions.synchronizer.synchronize({})).synchronization
  const get = (synchronization: string) => running.actions.synchronizer.getSynchronization({ synchronization })
  const synchronize = async () => {
    const id = await begin()
    await running.idle()
    return get(id)
  }
  const ids = async () => (await running.actions.synchronizer.listItems({})).items.map(({ item }) => item.id).toSorted()
  return Object.assign(running, { begin, get, synchronize, ids })
}

/** Three pages of one item each, as the cursor says. */
const threePages: Listing = ({ cursor }) => {
  const page = Number(cursor ?? 1)
  return { items: [{ id: String(page) }], nextCursor: page < 3 ? String(page + 1) : undefined }
}

describe('the synchronizer', () => {
  it('takes over what memory tells of, without a pass', async () => {
    const bot = new BotDefinition().addIntegration(memory).addPlugin(synchronizer)
    await using running = await startBot(bot, quiet)
    const { createItem, updateItem, deleteItem } = running.actions.memory
    const { item } = await createItem({ draft: { title: 'Sow' } })
    await running.idle()
    expect(await running.actions.synchronizer.getItem({ id: item.id })).toMatchObject({ item })
    await updateItem({ item, changes: { done: true } })
    await running.idle()
    expect(await running.actions.synchronizer.getItem({ id: item.id })).toMatchObject({ item: { ...item, done: true } })
    await deleteItem({ item })
    await running.idle()
    expect(await running.actions.synchronizer.getItem({ id: item.id })).toEqual({})
    expect((await running.actions.synchronizer.listItems({})).items).toEqual([])
  })

  it('finds out what was created, changed and deleted in a folder, and tells how many of each', async () => {
    const path = await folder()
    for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(path, name), name)
    const told: unknown[] = []
    const bot = new BotImplementation(
      new BotDefinition()
        .addIntegration(localFiles, { configuration: { folder: path } })
        .addPlugin(synchronizer, { configuration: { pageSize: 2 } }),
    )
    bot.on.event('synchronizer:synchronized', async ({ event }) => void told.push(event.payload))
    await using running = await startBot(bot, quiet)
    const pass = async () => {
      const { synchronization } = await running.actions.synchronizer.synchronize({})
      await running.idle()
      return synchronization
    }
    const first = await pass()
    await writeFile(join(path, 'a'), 'changed')
    await rm(join(path, 'b'))
    await writeFile(join(path, 'e'), 'e')
    const second = await pass()
    expect(told).toEqual([
      { synchronization: first, created: 4, updated: 0, unchanged: 0, deleted: 0 },
      { synchronization: second, created: 1, updated: 1, unchanged: 2, deleted: 1 },
    ])
    const { items } = await running.actions.synchronizer.listItems({})
    expect(items.map(({ item }) => item.id).toSorted()).toEqual(['a', 'c', 'd', 'e'])
    expect((await running.actions.synchronizer.getItem({ id: 'a' })).item).toMatchObject({ size: 7 })
  })

  it('mirrors several lists at once, each into a table of its own', async () => {
    const path = await folder()
    await writeFile(join(path, 'a'), 'a')
    const bot = new BotDefinition()
      .addIntegration(memory, { configuration: { seed, pageSize: 2 } })
      .addIntegration(localFiles, { configuration: { folder: path } })
      .addPlugin(synchronizer, { alias: 'notes', dependencies: { source: 'memory' } })
      .addPlugin(synchronizer, { alias: 'files', dependencies: { source: 'local-files' } })
    await using running = await startBot(bot, quiet)
    await running.actions.notes.synchronize({})
    await running.actions.files.synchronize({})
    await running.actions.memory.createItem({ draft: { title: 'Six' } })
    await running.idle()
    expect((await running.actions.notes.listItems({})).items).toHaveLength(6)
    expect((await running.actions.files.listItems({})).items.map(({ item }) => item.id)).toEqual(['a'])
  })

  it('goes on where it was when the bot is stopped in the middle', async () => {
    const clock = new Calendar()
    await using store = await sqliteStore(join(await folder(), 'store.db'), clock)
    const asked: (string | undefined)[] = []
    let isOpen = false
    const { bot } = listing((input) => {
      asked.push(input.cursor)
      if (input.cursor === '2' && !isOpen) return new Promise(() => {}) as never
      return threePages(input)
    })
    let id: string
    {
      await using running = await start(bot, { store, clock })
      id = await running.begin()
      await vi.waitFor(() => expect(asked).toEqual([undefined, '2']), { timeout: 20_000 })
    }
    isOpen = true
    await using running = await start(bot, { store, clock })
    await vi.waitFor(async () => expect((await running.get(id)).status).toBe('completed'), { timeout: 20_000 })
    expect(asked).toEqual([undefined, '2', '2', '3'])
    expect((await running.get(id)).counts).toEqual({ created: 3, updated: 0, unchanged: 0, deleted: 0 })
    expect(await running.ids()).toEqual(['1', '2', '3'])
  }, 60_000)

  it('deletes nothing unless every page was read', async () => {
    let fails = false
    const { bot } = listing((input) => {
      if (input.cursor === '3' && fails) throw new PlugboardError({ code: 'vendor_failed', message: 'away' })
      return fails ? { ...threePages(input), items: [] } : threePages(input)
    })
    await using running = await start(bot)
    await running.synchronize()
    fails = true
    expect(await running.synchronize()).toEqual({
      status: 'failed',
      failureReason: expect.stringMatching(/^vendor_failed: .*away/) as string,
    })
    expect(await running.ids()).toEqual(['1', '2', '3'])
  })

  it('begins anew where its cursor is not known any more, and counts nothing twice', async () => {
    let losses = 1
    const { bot, double } = listing((input) => {
      if (input.cursor !== '3' || losses === 0) return threePages(input)
      losses -= 1
      throw new PlugboardError({ code: 'vendor_refused', message: 'no such cursor' })
    })
    await using running = await start(bot)
    expect(await running.synchronize()).toMatchObject({ counts: { created: 3, unchanged: 0 } })
    const cursors = double.calls.map(({ input }) => (input as { cursor?: string }).cursor)
    expect(cursors).toEqual([undefined, '2', '3', undefined, '2', '3'])
    losses = 4
    expect(await running.synchronize()).toMatchObject({ status: 'failed' })
  })

  it('tries again what can be tried again', async () => {
    let failures = 2
    const { bot } = listing((input) => {
      failures -= 1
      if (failures >= 0)
        throw new PlugboardError({ code: 'vendor_rate_limited', message: 'wait', retryable: true, retryAfter: 1 })
      return threePages(input)
    })
    await using running = await start(bot)
    const id = await running.begin()
    await vi.waitFor(async () => expect((await running.get(id)).status).toBe('completed'), { timeout: 20_000 })
    expect(await running.ids()).toEqual(['1', '2', '3'])
  }, 60_000)

  it('has one pass at a time', async () => {
    let open = (): void => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const { bot } = listing((async (input: { cursor?: string }) => {
      await gate
      return threePages(input)
    }) as never)
    await using running = await start(bot)
    const first = await running.begin()
    expect(await running.begin()).toBe(first)
    open()
    await running.idle()
    expect(await running.begin()).not.toBe(first)
  })

  it('lets nothing that is told late bring back what was deleted', async () => {
    const clock = new Calendar()
    const noon = Date.parse('2026-01-01T12:00:00Z')
    clock.date = noon
    const bot = new BotDefinition().addIntegration(memory).addPlugin(synchronizer)
    await using running = await startBot(bot, { ...quiet, clock })
    const client = running.clientOf('memory')
    const item = { id: 'note-9', title: 'Sow', body: '', done: false, tags: [] }
    const get = async () => {
      await running.idle()
      return running.actions.synchronizer.getItem({ id: item.id })
    }
    await client.createEvent({ type: 'itemUpdated', payload: { item } })
    expect(await get()).toMatchObject({ item })
    clock.date = noon - 60_000
    await client.createEvent({ type: 'itemUpdated', payload: { item: { ...item, title: 'Old' } } })
    expect(await get()).toMatchObject({ item: { title: 'Sow' } })
    clock.date = noon + 60_000
    await client.createEvent({ type: 'itemDeleted', payload: { id: item.id } })
    expect(await get()).toEqual({})
    clock.date = noon + 30_000
    await client.createEvent({ type: 'itemUpdated', payload: { item } })
    expect(await get()).toEqual({})
  })

  it('gives no items of an integration that is not bound any more, and deletes them', async () => {
    const bot = new BotDefinition()
      .addIntegration(memory, { configuration: { seed } })
      .addIntegration(
        fake(listable, { name: 'list', actions: { listItems: { items: [{ id: 'a' }], nextCursor: undefined } } }),
      )
      .addPlugin(synchronizer, { dependencies: { source: 'list' } })
    await using running = await startBot(bot, quiet)
    await running.actions.synchronizer.synchronize({})
    await running.idle()
    expect((await running.actions.synchronizer.listItems({})).items).toHaveLength(1)
    await running.bindings.set('synchronizer', 'source', 'memory')
    expect(await running.actions.synchronizer.listItems({})).toEqual({ items: [] })
    const { synchronization } = await running.actions.synchronizer.synchronize({})
    await running.idle()
    expect(await running.actions.synchronizer.getSynchronization({ synchronization })).toMatchObject({
      counts: { created: 5, deleted: 1 },
    })
  })

  it('begins a pass by the clock, as often as it is told to', async () => {
    const clock = new Calendar()
    const begin = Date.parse('2026-01-01T12:01:00Z')
    await using store = await sqliteStore(join(await folder(), 'store.db'), clock)
    const { bot, double } = listing(threePages)
    const implementation = new BotImplementation(bot)
    let heard = 0
    implementation.on.event('synchronizer:synchronizationDue', async () => void (heard += 1))
    /** Runs the bot at a time, until it was asked whether a pass is due. */
    const at = async (date: number) => {
      clock.date = date
      const before = heard
      await using running = await startBot(implementation, { ...quiet, store, clock })
      await vi.waitFor(() => expect(heard).toBeGreaterThan(before), { timeout: 20_000 })
      await running.idle()
      return double.calls.length
    }
    {
      clock.date = begin
      await using _running = await startBot(implementation, { ...quiet, store, clock })
    }
    const minute = 60_000
    expect(await at(begin + 5 * minute)).toBe(3)
    expect(await at(begin + 35 * minute)).toBe(3)
    expect(await at(begin + 66 * minute)).toBe(6)
  }, 90_000)

  it('ends each pass with an adversary, one way or another', async () => {
    const bot = new BotDefinition()
      .addIntegration(adversary(listable, { name: 'list', slowness: 1 }))
      .addPlugin(synchronizer)
    await using running = await start(bot)
    const ends: string[] = []
    for (let pass = 0; pass < 8; pass += 1) {
      const id = await running.begin()
      await vi.waitFor(async () => expect(['completed', 'failed']).toContain((await running.get(id)).status), {
        timeout: 20_000,
      })
      ends.push((await running.get(id)).status)
    }
    expect(ends).toContain('completed')
    expect((await running.deadLetters()).items).toEqual([])
  }, 90_000)
})
