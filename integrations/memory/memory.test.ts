import memory from '@plugboard/memory'
import { BotDefinition, BotImplementation, need, PluginDefinition, PluginImplementation, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import { startBot } from 'plugboard/runtime'
import { describe, expect, it } from 'vitest'

const seed = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => ({ title }))
const definition = (configuration: { pageSize?: number; seed?: { title: string }[] } = {}) =>
  new BotDefinition({ name: 'keeper', interfaces: { notes: crud } }).addIntegration(memory, { configuration })
const start = async (...given: Parameters<typeof definition>) => startBot(definition(...given))
const titles = (notes: readonly unknown[]) => notes.map((note) => (note as { title: string }).title)

describe('a note', () => {
  it('is there once it is created, with what the draft leaves out empty', async () => {
    await using bot = await start()
    const { item } = await bot.actions.memory.createItem({ draft: { title: 'Sow' } })
    expect(item).toEqual({ id: 'note-1', title: 'Sow', body: '', done: false, tags: [] })
    expect(await bot.actions.memory.readItem({ id: 'note-1' })).toEqual({ item })
    expect(await bot.actions.memory.listItems({})).toEqual({ items: [item] })
  })

  it('is refused where its draft or its changes do not fit', async () => {
    await using bot = await start({ seed })
    const { createItem, updateItem, readItem } = bot.actions.memory
    await expect(createItem({ draft: { title: '' } })).rejects.toMatchObject({ code: 'input_invalid' })
    const { item } = await readItem({ id: 'note-1' })
    await expect(updateItem({ item, changes: { title: '' } })).rejects.toMatchObject({ code: 'input_invalid' })
    expect(titles((await bot.actions.memory.listItems({})).items)).toEqual(titles(seed))
  })

  it('changes in what is named, whatever the caller remembers of the rest', async () => {
    await using bot = await start({ seed })
    const { item: stale } = await bot.actions.memory.readItem({ id: 'note-2' })
    await bot.actions.memory.updateItem({ item: stale, changes: { tags: ['garden'] } })
    const { item } = await bot.actions.memory.updateItem({ item: stale, changes: { done: true, title: undefined } })
    expect(item).toEqual({ ...stale, tags: ['garden'], done: true })
    expect(await bot.actions.memory.readItem({ id: 'note-2' })).toEqual({ item })
  })

  it('is gone once it is deleted, and deleting it again does nothing', async () => {
    await using bot = await start({ seed })
    const { item } = await bot.actions.memory.readItem({ id: 'note-1' })
    expect(await bot.actions.memory.deleteItem({ item })).toEqual({})
    expect(await bot.actions.memory.deleteItem({ item })).toEqual({})
    expect(titles((await bot.actions.memory.listItems({})).items)).toEqual(['Two', 'Three', 'Four', 'Five'])
  })

  it.each(['readItem', 'updateItem'] as const)('that does not exist is refused by %s', async (action) => {
    await using bot = await start({ seed })
    const { item } = await bot.actions.memory.readItem({ id: 'note-1' })
    await bot.actions.memory.deleteItem({ item })
    const call =
      action === 'readItem'
        ? bot.actions.memory.readItem({ id: item.id })
        : bot.actions.memory.updateItem({ item, changes: { done: true } })
    await expect(call).rejects.toMatchObject({
      code: 'vendor_refused',
      message: "there is no note with the id 'note-1'",
      where: { integration: 'memory', action, path: 'id' },
    })
  })

  it('never gets the id of one that was deleted', async () => {
    await using bot = await start({ seed })
    const { item } = await bot.actions.memory.readItem({ id: 'note-5' })
    await bot.actions.memory.deleteItem({ item })
    const { item: created } = await bot.actions.memory.createItem({ draft: { title: 'Six' } })
    expect(created.id).toBe('note-6')
  })
})

describe('notes', () => {
  it('are all met once by whoever follows the cursors, though some come and go meanwhile', async () => {
    await using bot = await start({ seed, pageSize: 2 })
    const first = await bot.actions.memory.listItems({})
    expect(titles(first.items)).toEqual(['One', 'Two'])
    // The one that the cursor stands on, and one before it.
    for (const item of first.items) await bot.actions.memory.deleteItem({ item })
    await bot.actions.memory.createItem({ draft: { title: 'Six' } })
    const second = await bot.actions.memory.listItems({ cursor: first.nextCursor, limit: 3 })
    expect(titles(second.items)).toEqual(['Three', 'Four', 'Five'])
    const third = await bot.actions.memory.listItems({ cursor: second.nextCursor, limit: 3 })
    expect(titles(third.items)).toEqual(['Six'])
    expect(third.nextCursor).toBeUndefined()
  })

  it('end with a page that has no cursor, even if it is full', async () => {
    await using bot = await start({ seed })
    expect((await bot.actions.memory.listItems({ limit: 5 })).nextCursor).toBeUndefined()
    expect((await bot.actions.memory.listItems({ limit: 4 })).nextCursor).toBe('4')
  })

  it.each(['', 'x', '-1', '1.5', '0', '9'.repeat(400)])(
    'are not listed after a cursor that is none: %j',
    async (cursor) => {
      await using bot = await start({ seed })
      await expect(bot.actions.memory.listItems({ cursor })).rejects.toMatchObject({
        code: 'vendor_refused',
        where: { path: 'cursor' },
      })
    },
  )

  it('are all kept when they are created at one time', async () => {
    await using bot = await start()
    const drafts = Array.from({ length: 20 }, (_, index) => ({ title: `Note ${index}` }))
    await Promise.all(drafts.map(async (draft) => bot.actions.memory.createItem({ draft })))
    const { items } = await bot.actions.memory.listItems({ limit: 100 })
    expect(titles(items)).toEqual(titles(drafts))
    expect(new Set(items.map(({ id }) => id)).size).toBe(20)
  })

  it('belong to one installation of one bot', async () => {
    const two = new BotDefinition({ name: 'two' })
      .addIntegration(memory, { alias: 'home', configuration: { seed: [{ title: 'Wash' }] } })
      .addIntegration(memory, { alias: 'work' })
    await using first = await startBot(two)
    await using second = await startBot(two)
    await first.actions.home.createItem({ draft: { title: 'Iron' } })
    await first.actions.work.createItem({ draft: { title: 'Call' } })
    expect(titles((await first.actions.home.listItems({})).items)).toEqual(['Wash', 'Iron'])
    expect(titles((await first.actions.work.listItems({})).items)).toEqual(['Call'])
    expect(titles((await second.actions.home.listItems({})).items)).toEqual(['Wash'])
    expect(titles((await second.actions.work.listItems({})).items)).toEqual([])
  })
})

it('tells of what is created, changed and deleted, once each', async () => {
  const heard: unknown[] = []
  const bot = new BotImplementation(definition())
  bot.on.event('notes:itemCreated', async ({ event }) => void heard.push(['created', event.payload]))
  bot.on.event('notes:itemUpdated', async ({ event }) => void heard.push(['updated', event.payload]))
  bot.on.event('notes:itemDeleted', async ({ event }) => void heard.push(['deleted', event.payload]))
  await using running = await startBot(bot)
  const { createItem, updateItem, deleteItem } = running.actions.memory
  const { item } = await createItem({ draft: { title: 'Sow' } })
  await running.idle()
  await updateItem({ item, changes: { done: true } })
  await running.idle()
  await deleteItem({ item })
  await deleteItem({ item })
  await running.idle()
  expect(heard).toEqual([
    ['created', { item }],
    ['updated', { item: { ...item, done: true } }],
    ['deleted', { id: item.id }],
  ])
})

it('is emptied by a plugin that knows nothing of notes', async () => {
  // #region plugin
  const cleaner = new PluginDefinition({
    name: 'cleaner',
    interfaces: { items: need([listable, deletable], { share: 'item' }) },
    actions: { clear: { input: { schema: z.object({}) }, output: { schema: z.object({ deleted: z.number() }) } } },
  })
  const implementation = new PluginImplementation(cleaner, {
    actions: {
      clear: async ({ interfaces: { items } }) => {
        let deleted = 0
        let cursor: string | undefined
        do {
          const page = await items.listItems({ cursor })
          for (const item of page.items) await items.deleteItem({ item })
          deleted += page.items.length
          cursor = page.nextCursor
        } while (cursor !== undefined)
        return { deleted }
      },
    },
  })
  // #endregion
  const bot = definition({ seed, pageSize: 2 }).addPlugin(
    cleaner.implementedBy(async () => ({ default: implementation })),
    {
      dependencies: { items: 'memory' },
    },
  )
  await using running = await startBot(bot)
  expect(await running.actions.cleaner.clear({})).toEqual({ deleted: 5 })
  expect(await running.actions.memory.listItems({})).toEqual({ items: [] })
})

it('is used through the interface, by entities that only it can make', async () => {
  // #region use
  const keeper = new BotDefinition({ interfaces: { notes: crud } }).addIntegration(memory, {
    configuration: { seed: [{ title: 'Water the plants' }] },
  })
  await using bot = await startBot(keeper)
  const { notes } = bot.interfaces
  await notes.createItem({ draft: notes.entities.draft.parse({ title: 'Buy milk', tags: ['shop'] }) })
  const { items } = await notes.listItems({})
  const changes = notes.entities.changes.parse({ done: true })
  for (const item of items) await notes.updateItem({ item, changes })
  // #endregion
  expect((await notes.listItems({})).items).toMatchObject([
    { title: 'Water the plants', done: true },
    { title: 'Buy milk', done: true, tags: ['shop'] },
  ])
  expect(() => notes.entities.draft.parse({ title: 3 })).toThrow(expect.objectContaining({ code: 'entity_invalid' }))
})
