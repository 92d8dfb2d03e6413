import { setTimeout as sleep } from 'node:timers/promises'
import database from '@plugboard/database'
import { Binary, BSON, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } from 'mongodb'
import { BotDefinition, BotImplementation } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import { startBot } from 'plugboard/runtime'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { MongoServer } from './mongo-server.fixture.ts'
import { Wire } from './wire.fixture.ts'

const server = await MongoServer.start()
const wire = await Wire.to(server.port)
afterAll(async () => {
  await wire[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})
beforeEach(() => wire.reset())

interface Settings {
  fields?: string[]
  createdField?: string
  updatedField?: string
}
const definition = (collection: string, more: Settings = {}) =>
  new BotDefinition({ name: 'clerk', interfaces: { rows: crud } }).addIntegration(database, {
    configurationType: 'mongodb',
    configuration: { url: wire.url, collection, ...more },
  })
const start = async (collection: string, more?: Settings) => {
  await server.collection(collection)
  return startBot(definition(collection, more), { environment: {}, log: () => {} })
}
const oid = '6a0000000000000000000001'

describe('a document', () => {
  const values = [
    ['a text', 'it\'s \\ "quoted" — ünïcode', 'it\'s \\ "quoted" — ünïcode'],
    ['a number', 53.5, 53.5],
    ['a truth', true, true],
    ['nothing', null, null],
    ['a list', [1, ['two'], null], [1, ['two'], null]],
    ['a document', { a: { 'b.c': 1 } }, { a: { 'b.c': 1 } }],
    ['a time', new Date('1815-12-10T00:00:00.123Z'), { $date: '1815-12-10T00:00:00.123Z' }],
    ['a time far away', new Date(8e15), { $date: { $numberLong: '8000000000000000' } }],
    ['an ObjectId', new ObjectId(oid), { $oid: oid }],
    ['a number of 64 bits', Long.fromString('9223372036854775807'), { $numberLong: '9223372036854775807' }],
    ['a decimal', Decimal128.fromString('0.10'), { $numberDecimal: '0.10' }],
    ['bytes', new Binary(Buffer.from('hi')), { $binary: { base64: 'aGk=', subType: '00' } }],
    [
      'a UUID',
      new UUID('715d9b70-72a9-4744-acb7-e9dd63aefb95'),
      { $binary: { base64: 'cV2bcHKpR0Sst+ndY677lQ==', subType: '04' } },
    ],
    ['a timestamp', new Timestamp({ t: 5, i: 1 }), { $timestamp: { t: 5, i: 1 } }],
    ['a pattern', /^a/i, { $regularExpression: { pattern: '^a', options: 'i' } }],
    ['no number', NaN, { $numberDouble: 'NaN' }],
    [
      'types in a list',
      [new ObjectId(oid), { at: new Date(0) }],
      [{ $oid: oid }, { at: { $date: '1970-01-01T00:00:00.000Z' } }],
    ],
  ] as const

  it.each(values)('with %s is read as JSON, and the same JSON writes the same', async (_, value, json) => {
    await using bot = await start('things')
    const { readItem, createItem, updateItem } = bot.actions.database
    wire.holds({ _id: new ObjectId(oid), value })
    const { item } = await readItem({ id: oid })
    expect(item).toEqual({ id: oid, value: json })
    const given = item.value ?? null
    expect(await createItem({ draft: { id: oid, value: given } })).toEqual({ item })
    expect(await updateItem({ item, changes: { value: given } })).toEqual({ item })
    // What goes over the wire has the type that came over it.
    const bytes = BSON.serialize({ value })
    expect(BSON.serialize({ value: wire.sent('insert')['documents'][0].value })).toEqual(bytes)
    expect(BSON.serialize({ value: wire.sent('findAndModify')['update'].$set.value })).toEqual(bytes)
  })

  it.each([
    [{ $uuid: '715d9b70-72a9-4744-acb7-e9dd63aefb95' }, new UUID('715d9b70-72a9-4744-acb7-e9dd63aefb95')],
    [{ $numberLong: '5' }, Long.fromNumber(5)],
    [{ $numberDouble: '5' }, new Double(5)],
    [{ $numberInt: '5' }, new Int32(5)],
  ])('holds what was written in another way: %j', async (json, value) => {
    await using bot = await start('things')
    wire.holds()
    await bot.actions.database.createItem({ draft: { value: json } })
    expect(BSON.serialize({ value: wire.sent('insert')['documents'][0].value })).toEqual(BSON.serialize({ value }))
  })

  it('is stored in the server, and comes back from there', async () => {
    await using bot = await start('stored')
    const { createItem, readItem, listItems, updateItem, deleteItem } = bot.actions.database
    const draft = { title: 'x', at: { $date: '2026-11-29T10:00:00.123Z' }, of: { $oid: oid }, list: [{ a: [1] }] }
    const { item } = await createItem({ draft })
    expect(item).toEqual({ ...draft, id: item.id })
    expect(item.id).toMatch(/^[0-9a-f]{24}$/)
    expect(await readItem({ id: item.id })).toEqual({ item })
    const { item: changed } = await updateItem({ item, changes: { list: null, more: 1 } })
    expect(changed).toEqual({ ...item, list: null, more: 1 })
    expect(await listItems({})).toEqual({ items: [changed] })
    const stored = await (await server.collection('stored')).findOne({})
    expect(stored).toEqual({
      _id: new ObjectId(item.id),
      title: 'x',
      at: new Date('2026-11-29T10:00:00.123Z'),
      of: new ObjectId(oid),
      list: null,
      more: 1,
    })
    await deleteItem({ item })
    expect(await listItems({})).toEqual({ items: [] })
  })

  it.each([
    [{ name: { $gt: '' } }, 'draft.name'],
    [{ name: { $where: 'sleep(1000)' } }, 'draft.name'],
    [{ name: { $code: 'while (true);' } }, 'draft.name'],
    [{ name: { $oid: oid, more: 1 } }, 'draft.name'],
    [{ name: { $oid: 'no id' } }, 'draft.name'],
    [{ name: { $date: 'never' } }, 'draft.name'],
    [{ name: { a: [{ $ne: null }] } }, 'draft.name.a.0'],
    [{ $where: '1' }, 'draft.$where'],
    [{ $set: { admin: true } }, 'draft.$set'],
    [{ 'roles.admin': true }, 'draft.roles.admin'],
    [{ '': 1 }, 'draft.'],
    [{ 'a\0b': 1 }, 'draft.a\0b'],
    [{ name: { 'a\0b': 1 } }, 'draft.name.a\0b'],
    [{ name: 'half \ud800' }, 'draft.name'],
    [{ _id: oid }, 'draft._id'],
    [{ id: null }, 'draft.id'],
    [{ id: { $gt: '' } }, 'draft.id'],
  ])('is refused before the server is asked, with the place: %j', async (draft, path) => {
    await using bot = await start('things')
    wire.commands.length = 0
    await expect(bot.actions.database.createItem({ draft })).rejects.toMatchObject({
      code: 'vendor_refused',
      retryable: false,
      where: { integration: 'database', action: 'createItem', path },
    })
    expect(wire.commands).toEqual([])
  })

  it('is refused with what is nested too deeply', async () => {
    await using bot = await start('things')
    const deep = JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`) as []
    await expect(bot.actions.database.createItem({ draft: { deep } })).rejects.toMatchObject({
      code: 'vendor_refused',
      message: expect.stringContaining('100 levels') as string,
    })
  })

  it.each([[{ $gt: '' }], [{ $ne: null }], ['$name'], [{ 'a.b': 1 }]])(
    'is changed to hold what looks like an operator, or is refused, and nothing else becomes of it: %j',
    async (value) => {
      await using bot = await start('innocent')
      const { createItem, updateItem, listItems } = bot.actions.database
      const { item } = await createItem({ draft: { name: 'one' } })
      const { item: other } = await createItem({ draft: { name: 'two' } })
      const changing = updateItem({ item, changes: { name: value } }).catch((error: unknown) => error)
      const changed = JSON.stringify(value).includes('{"$')
        ? (expect(await changing).toMatchObject({ code: 'vendor_refused', where: { path: 'changes.name' } }), item)
        : { ...item, name: value }
      expect((await listItems({})).items).toEqual(expect.arrayContaining([changed, other]))
      await expect(updateItem({ item, changes: { 'name.first': 1 } })).rejects.toMatchObject({ code: 'vendor_refused' })
      await expect(updateItem({ item, changes: { id: 'x' } })).rejects.toMatchObject({ where: { path: 'changes.id' } })
    },
  )

  it('shows and takes the fields that are configured alone', async () => {
    await (await server.collection('shown')).insertOne({ name: 'Ada', secret: 'private' })
    await using bot = await start('shown', { fields: ['name', 'age'] })
    const { listItems, createItem, updateItem } = bot.actions.database
    const [item] = (await listItems({})).items
    expect(item).toEqual({ id: item?.id, name: 'Ada' })
    expect(wire.sent('find')['projection']).toMatchObject({ name: expect.anything() as unknown })
    await expect(createItem({ draft: { secret: 'x' } })).rejects.toMatchObject({
      code: 'vendor_refused',
      message: expect.stringContaining("'name', 'age'") as string,
      where: { path: 'draft.secret' },
    })
    const { item: changed } = await updateItem({ item: item as { id: string }, changes: { age: 36 } })
    expect(changed).toEqual({ ...item, age: 36 })
  })

  it('has the times at which it was created and changed', async () => {
    await using bot = await start('stamped', { createdField: 'made', updatedField: 'touched' })
    const { createItem, updateItem } = bot.actions.database
    const { item } = await createItem({ draft: { name: 'x' } })
    expect(item.made).toEqual({ $date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string })
    expect(item.touched).toEqual(item.made)
    expect(await updateItem({ item, changes: {} })).toEqual({ item })
    await sleep(2)
    const { item: changed } = await updateItem({ item, changes: { name: 'y' } })
    expect(changed.made).toEqual(item.made)
    expect(changed.touched).not.toEqual(item.touched)
    await expect(createItem({ draft: { made: 1 } })).rejects.toMatchObject({ where: { path: 'draft.made' } })
  })
})

it('is listed in pages that are longer than what the server gives at once', async () => {
  const many = await server.collection('many')
  await many.insertMany(Array.from({ length: 250 }, (_, number) => ({ number })))
  await using bot = await start('many')
  const met: unknown[] = []
  let cursor: string | undefined
  do {
    const page = await bot.actions.database.listItems({ cursor, limit: 120 })
    met.push(...page.items.map(({ number }) => number))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(met).toEqual(Array.from({ length: 250 }, (_, number) => number))
  expect(wire.commands.filter(({ getMore }) => getMore !== undefined).length).toBeGreaterThan(0)
})

it('is the collection of a default configuration whose address is of MongoDB, and used through the interface', async () => {
  await server.collection('tickets')
  const { url } = wire
  // #region use
  const clerk = new BotDefinition({ interfaces: { tickets: crud } }).addIntegration(database, {
    configuration: { url, table: 'tickets' },
  })
  // #endregion
  await using bot = await startBot(clerk)
  const { tickets } = bot.interfaces
  await tickets.createItem({ draft: tickets.entities.draft.parse({ title: 'The lamp is broken' }) })
  const [item] = (await tickets.listItems({})).items
  if (item) await tickets.updateItem({ item, changes: tickets.entities.changes.parse({ done: true }) })
  expect((await tickets.listItems({})).items).toEqual([{ id: item?.id, title: 'The lamp is broken', done: true }])
})

it('tells of what is created, changed and deleted, once each', async () => {
  await server.collection('heard')
  const heard: unknown[] = []
  const clerk = new BotImplementation(definition('heard'))
  clerk.on.event('rows:itemCreated', async ({ event }) => void heard.push(event.payload))
  clerk.on.event('rows:itemUpdated', async ({ event }) => void heard.push(event.payload))
  clerk.on.event('rows:itemDeleted', async ({ event }) => void heard.push(event.payload))
  await using bot = await startBot(clerk, { environment: {}, log: () => {} })
  const { createItem, updateItem, deleteItem } = bot.actions.database
  const { item } = await createItem({ draft: { title: 'x' } })
  await bot.idle()
  await updateItem({ item, changes: { title: 'y' } })
  await updateItem({ item, changes: {} })
  await bot.idle()
  await deleteItem({ item })
  await deleteItem({ item })
  await bot.idle()
  expect(heard).toEqual([{ item }, { item: { ...item, title: 'y' } }, { id: item.id }])
})
