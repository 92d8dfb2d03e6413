import database from '@plugboard/database'
import { BSON, Decimal128, Long, ObjectId, UUID } from 'mongodb'
import { BotDefinition } from 'plugboard'
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

const start = async (collection: string, more: { idField?: string } = {}) => {
  await server.collection(collection)
  const definition = new BotDefinition({ name: 'clerk' }).addIntegration(database, {
    configurationType: 'mongodb',
    configuration: { url: wire.url, collection, ...more },
  })
  return startBot(definition, { environment: {}, log: () => {} })
}
const oid = '6a0000000000000000000001'

describe('an id', () => {
  const keys = [
    ['an ObjectId', new ObjectId(oid), oid],
    ['a text', 'order-7', 'order-7'],
    ['a text like an ObjectId', oid, `"${oid}"`],
    ['a text like a number', '7', '"7"'],
    ['a text like no number', '007', '007'],
    ['a text like Extended JSON', `{"$oid":"${oid}"}`, `{"$oid":"${oid}"}`],
    ['a text that is empty', '', ''],
    ['a quoted text', '"7"', String.raw`"\"7\""`],
    ['a text like an operator', '{"$gt":""}', String.raw`"{\"$gt\":\"\"}"`],
    ['a number', 7, '7'],
    ['a number that is broken', -1.5, '-1.5'],
    ['a number of 64 bits', Long.fromString('9007199254740993'), '9007199254740993'],
    ['a large number', 1e300, '{"$numberDouble":"1e+300"}'],
    ['a decimal', Decimal128.fromString('7'), '{"$numberDecimal":"7"}'],
    ['a truth', true, 'true'],
    ['a time', new Date('2026-11-29T10:00:00Z'), '{"$date":"2026-11-29T10:00:00.000Z"}'],
    [
      'a UUID',
      new UUID('715d9b70-72a9-4744-acb7-e9dd63aefb95'),
      '{"$binary":{"base64":"cV2bcHKpR0Sst+ndY677lQ==","subType":"04"}}',
    ],
    ['a document', { year: 2026, of: new ObjectId(oid) }, `{"year":2026,"of":{"$oid":"${oid}"}}`],
  ] as const

  it.each(keys)('of %s goes back as the same key', async (_, key, id) => {
    await using bot = await start('things')
    const { listItems, readItem, updateItem, deleteItem, createItem } = bot.actions.database
    wire.holds({ _id: key, name: 'x' })
    expect((await listItems({})).items).toEqual([{ id, name: 'x' }])
    wire.commands.length = 0
    const { item } = await readItem({ id })
    await updateItem({ item, changes: { name: 'y' } })
    await deleteItem({ item })
    await createItem({ draft: { id, name: 'x' } })
    const bytes = BSON.serialize({ key })
    const keysSent = [
      wire.sent('find')['filter']._id.$eq,
      wire.sent('findAndModify')['query']._id.$eq,
      wire.sent('delete')['deletes'][0].q._id.$eq,
      wire.sent('insert')['documents'][0]._id,
    ]
    for (const one of keysSent) expect(BSON.serialize({ key: one })).toEqual(bytes)
  })

  it.each([
    'nobody',
    oid,
    oid.toUpperCase(),
    '7',
    '{"$gt":""}',
    '{"$ne":null}',
    '{"$where":"1"}',
    '{',
    '"',
    "' || '1'=='1",
    '',
  ])('is that of no document: %j', async (id) => {
    await using bot = await start('others')
    const { createItem, readItem, updateItem, deleteItem, listItems } = bot.actions.database
    const { item } = await createItem({ draft: { name: 'x' } })
    const refused = { code: 'vendor_refused', where: { path: 'id' } }
    await expect(readItem({ id })).rejects.toMatchObject(refused)
    await expect(updateItem({ item: { id }, changes: { name: 'y' } })).rejects.toMatchObject(refused)
    expect(await deleteItem({ item: { id } })).toEqual({})
    expect((await listItems({})).items).toContainEqual(item)
    await deleteItem({ item })
  })

  it('of a key that the database takes for equal is another one', async () => {
    await using bot = await start('things')
    wire.holds({ _id: Decimal128.fromString('7') })
    await expect(bot.actions.database.readItem({ id: '7' })).rejects.toMatchObject({ code: 'vendor_refused' })
    expect(await bot.actions.database.deleteItem({ item: { id: '7' } })).toEqual({})
    expect(wire.sent('delete')).toEqual({})
  })

  it('is in another field, where that has a unique index', async () => {
    const numbered = await server.collection('numbered')
    await using before = await start('numbered', { idField: 'number' })
    await expect(before.actions.database.listItems({})).rejects.toMatchObject({
      code: 'registration_failed',
      message: expect.stringContaining('unique index') as string,
    })
    await numbered.createIndex({ number: 1 }, { unique: true })
    await using bot = await start('numbered', { idField: 'number' })
    const { createItem, readItem, updateItem, listItems, deleteItem } = bot.actions.database
    await expect(createItem({ draft: { name: 'x' } })).rejects.toMatchObject({ where: { path: 'draft.id' } })
    await expect(createItem({ draft: { number: 1 } })).rejects.toMatchObject({ where: { path: 'draft.number' } })
    for (const id of [1, 2, 3]) await createItem({ draft: { id, name: 'x' } })
    const { item } = await readItem({ id: '2' })
    expect(item).toEqual({ id: '2', name: 'x', _id: { $oid: expect.any(String) as string } })
    expect((await updateItem({ item, changes: { name: 'y' } })).item).toEqual({ ...item, name: 'y' })
    const { items, nextCursor } = await listItems({ limit: 2 })
    expect(items.map(({ id }) => id)).toEqual(['1', '2'])
    expect((await listItems({ cursor: nextCursor })).items.map(({ id }) => id)).toEqual(['3'])
    await deleteItem({ item })
    expect((await numbered.find().toArray()).map(({ number }) => number as unknown)).toEqual([1, 3])
  })

  it('in a cursor is followed by keys of its own type, and by those of types that sort behind it', async () => {
    await using bot = await start('things')
    wire.holds({ _id: 'a' }, { _id: 'b' })
    const { nextCursor } = await bot.actions.database.listItems({ limit: 1 })
    wire.commands.length = 0
    await bot.actions.database.listItems({ cursor: nextCursor })
    const types = ['object', 'binData', 'objectId', 'bool', 'date', 'timestamp', 'regex']
    expect(wire.sent('find')['filter']).toEqual({ $or: [{ _id: { $gt: 'a' } }, { _id: { $type: types } }] })
    await expect(bot.actions.database.listItems({ cursor: `${nextCursor}x` })).rejects.toMatchObject({
      code: 'vendor_refused',
      where: { path: 'cursor' },
    })
  })
})
