import database from '@plugboard/database'
import { BotDefinition, BotImplementation } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import { startBot } from 'plugboard/runtime'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { TestSchema } from './postgres.fixture.ts'

const hostile = `"; DROP TABLE victims; --`
const schema = await TestSchema.open(
  `CREATE DOMAIN score AS smallint CHECK (VALUE < 100)`,
  `CREATE TABLE kinds (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), small smallint, big bigint, exact numeric, rough float8, yes boolean,
    words text, code char(4), data jsonb, bytes bytea, moment timestamptz, local timestamp, day date, span interval,
    numbers integer[], bigs bigint[], times timestamptz[], points score, twice integer GENERATED ALWAYS AS (small * 2) STORED
  )`,
  `CREATE TABLE victims (name text PRIMARY KEY, note text)`,
  `CREATE TABLE "${hostile.replaceAll('"', '""')}" ("$1 ""key" text PRIMARY KEY, "a""b' OR 1=1" text)`,
  `CREATE TABLE stamped (
    number integer PRIMARY KEY, name varchar(5), made timestamptz, touched timestamptz, email text UNIQUE,
    a integer, "B ""c" integer, UNIQUE (a, "B ""c")
  )`,
  `CREATE TABLE loose (id integer)`,
)
afterAll(() => schema[Symbol.asyncDispose]())

const definition = (table: string, more: { idColumn?: string; createdColumn?: string; updatedColumn?: string } = {}) =>
  new BotDefinition({ name: 'clerk', interfaces: { rows: crud } }).addIntegration(database, {
    configuration: { url: schema.url, schema: schema.schema, table, ...more },
  })
const start = async (...given: Parameters<typeof definition>) =>
  startBot(definition(...given), { environment: {}, log: () => {} })

describe('a row', () => {
  it('goes in and comes out as JSON, whatever its columns hold', async () => {
    await using bot = await start('kinds')
    const draft = {
      small: 7,
      big: '9223372036854775807',
      exact: '0.10000000000000000001',
      rough: 1.5,
      yes: true,
      words: 'it\'s \\ "quoted" — ünïcode',
      code: 'ab',
      data: { list: [1, 'two', null], text: '"' },
      bytes: 'AP8Q',
      moment: '2026-11-29T10:00:00.123456Z',
      local: '2026-11-29T10:00:00',
      day: '2026-11-29',
      span: '01:00:00',
      numbers: [1, 2],
      bigs: ['9223372036854775807'],
      points: 42,
    }
    const { item } = await bot.actions.database.createItem({ draft })
    expect(item).toEqual({ ...draft, id: item.id, code: 'ab', times: null, twice: 14, points: 42 })
    expect(await bot.actions.database.readItem({ id: item.id })).toEqual({ item })
    const { item: long } = await bot.actions.database.createItem({
      draft: { bytes: Buffer.alloc(200, 1).toString('base64'), rough: 'NaN', moment: 'infinity', big: 5 },
    })
    expect(long).toMatchObject({ bytes: Buffer.alloc(200, 1).toString('base64'), rough: 'NaN', moment: 'infinity' })
    expect(long.big).toBe('5')
  })

  it.each([
    [{ small: 'many' }, 'draft.small', 'smallint'],
    [{ small: 70_000 }, 'draft.small', 'smallint'],
    [{ yes: true, day: 'never' }, 'draft.day', 'date'],
    [{ points: 200 }, 'draft.points', '23514'],
    [{ words: { a: 1 } }, 'draft.words', 'takes no object'],
    [{ words: 'a\0b' }, 'draft.words', '22021'],
    [{ bytes: 'no Base64!' }, 'draft.bytes', 'Base64'],
    [{ twice: 3 }, 'draft.twice', 'alone'],
    [{ nothing: 3 }, 'draft.nothing', "no column 'nothing'"],
    [
      { ['small) VALUES (1); DROP TABLE victims; --']: 3 },
      'draft.small) VALUES (1); DROP TABLE victims; --',
      'no column',
    ],
  ])('is refused with the column that does not fit: %j', async (draft, path, message) => {
    await using bot = await start('kinds')
    await expect(bot.actions.database.createItem({ draft })).rejects.toMatchObject({
      code: 'vendor_refused',
      retryable: false,
      message: expect.stringContaining(message) as string,
      where: { integration: 'database', action: 'createItem', path },
    })
  })

  it('is refused with the columns of the key that another one has', async () => {
    await using bot = await start('stamped', { idColumn: 'number' })
    const { createItem, updateItem } = bot.actions.database
    const { item } = await createItem({ draft: { id: 1, email: 'a@b.c', a: 1, 'B "c': 1 } })
    await createItem({ draft: { id: 2, email: 'b@b.c' } })
    await expect(createItem({ draft: { id: 3, email: 'a@b.c' } })).rejects.toMatchObject({
      code: 'vendor_refused',
      message: expect.not.stringContaining('a@b.c') as string,
      where: { path: 'draft.email' },
    })
    await expect(createItem({ draft: { id: 3, 'B "c': 1, a: 1 } })).rejects.toMatchObject({
      where: { path: 'draft.B "c' },
    })
    await expect(createItem({ draft: { id: 1 } })).rejects.toMatchObject({ where: { path: 'draft.id' } })
    await expect(createItem({ draft: { id: 4, name: 'too long' } })).rejects.toMatchObject({
      where: { path: 'draft.name' },
    })
    await expect(updateItem({ item, changes: { email: 'b@b.c' } })).rejects.toMatchObject({
      where: { path: 'changes.email' },
    })
    await expect(updateItem({ item, changes: { id: '2' } })).rejects.toMatchObject({ where: { path: 'changes.id' } })
  })

  it('has the times at which it was created and changed', async () => {
    await using bot = await start('stamped', { idColumn: 'number', createdColumn: 'made', updatedColumn: 'touched' })
    const { createItem, updateItem } = bot.actions.database
    const { item } = await createItem({ draft: { id: 50 } })
    expect(item.made).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(item.touched).toBe(item.made)
    expect(await updateItem({ item, changes: {} })).toEqual({ item })
    const { item: changed } = await updateItem({ item, changes: { name: 'x' } })
    expect(changed.made).toBe(item.made)
    expect(changed.touched).not.toBe(item.touched)
    await expect(createItem({ draft: { made: '2020-01-01' } })).rejects.toMatchObject({ where: { path: 'draft.made' } })
  })

  it.each(['nobody', ' 50', '050', '9'.repeat(40), "50' OR '1'='1", ''])('is not there under the id %j', async (id) => {
    await using bot = await start('stamped', { idColumn: 'number' })
    const { readItem, updateItem, deleteItem } = bot.actions.database
    const refused = { code: 'vendor_refused', where: { path: 'id' } }
    await expect(readItem({ id })).rejects.toMatchObject(refused)
    await expect(updateItem({ item: { id }, changes: { name: 'y' } })).rejects.toMatchObject(refused)
    expect(await deleteItem({ item: { id } })).toEqual({})
  })
})

describe('names and values', () => {
  it('are never taken for SQL', async () => {
    await schema.run(`INSERT INTO victims VALUES ('one', 'safe')`)
    await using bot = await start(hostile, { idColumn: '$1 "key' })
    const { createItem, readItem, updateItem, listItems, deleteItem } = bot.actions.database
    const values = [`'); DROP TABLE victims; --`, `$1`, `\\'; DELETE FROM victims; --`, `{"a":1}`, '']
    for (const value of values) await createItem({ draft: { id: value, [`a"b' OR 1=1`]: value } })
    const { items } = await listItems({})
    expect(items.map(({ id }) => id).toSorted()).toEqual(values.toSorted())
    for (const item of items) {
      expect(item[`a"b' OR 1=1`]).toBe(item.id)
      expect(await readItem({ id: item.id })).toEqual({ item })
      await updateItem({ item, changes: { [`a"b' OR 1=1`]: `${item.id}; --` } })
    }
    const [first] = items
    if (first) await deleteItem({ item: first })
    expect((await listItems({})).items).toEqual(
      items.slice(1).map((item) => ({ ...item, [`a"b' OR 1=1`]: `${item.id}; --` })),
    )
    const cursor = Buffer.from(JSON.stringify(['', "' OR 1=1; --"])).toString('base64url')
    await expect(listItems({ cursor })).rejects.toMatchObject({ code: 'vendor_refused', where: { path: 'cursor' } })
    expect(await schema.rows('SELECT * FROM victims')).toEqual([{ name: 'one', note: 'safe' }])
  })

  it('of a cursor belong to one table', async () => {
    await schema.run(`INSERT INTO victims VALUES ('two'), ('three')`, `INSERT INTO kinds (words) VALUES ('a'), ('b')`)
    await using victims = await start('victims', { idColumn: 'name' })
    await using kinds = await start('kinds')
    const { nextCursor } = await victims.actions.database.listItems({ limit: 1 })
    expect(nextCursor).toBeDefined()
    await expect(kinds.actions.database.listItems({ cursor: nextCursor })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
  })
})

it.each([
  ['nowhere', {}, "there is no table 'nowhere' in the schema"],
  ['victims', {}, "no column 'id', which `idColumn` of the configuration names; it has 'name', 'note'"],
  ['loose', {}, 'must be unique and NOT NULL'],
  ['kinds', { createdColumn: 'words' }, 'holds no time: it is of the type text'],
  ['kinds', { updatedColumn: 'touched' }, '`updatedColumn`'],
] as const)('is not registered with what is wrong with the table %s', async (table, more, message) => {
  await using bot = await start(table, more)
  const failed = { code: 'registration_failed', message: expect.stringContaining(message) as string }
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject(failed)
})

it('is there as soon as its table is, which is looked for again', async () => {
  await using bot = await start('later')
  const failed = {
    code: 'registration_failed',
    message: expect.stringContaining("there is no table 'later'") as string,
  }
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject(failed)
  await schema.run(`CREATE TABLE later (id integer PRIMARY KEY)`)
  await vi.waitFor(async () => expect(await bot.actions.database.listItems({})).toEqual({ items: [] }), 10_000)
})

it('sees a column that was added, once a statement has told that the table is another one', async () => {
  await schema.run(`CREATE TABLE growing (id integer PRIMARY KEY, old text)`)
  await using bot = await start('growing')
  await bot.actions.database.createItem({ draft: { id: 1, old: 'x' } })
  await schema.run(`ALTER TABLE growing RENAME COLUMN old TO young`)
  await expect(bot.actions.database.listItems({})).rejects.toMatchObject({ code: 'vendor_refused' })
  expect(await bot.actions.database.listItems({})).toEqual({ items: [{ id: '1', young: 'x' }] })
})

it('is used by a bot through the interface', async () => {
  await schema.run(`CREATE TABLE tickets (id serial PRIMARY KEY, title text NOT NULL, done boolean DEFAULT false)`)
  const { schema: name, url } = schema
  // #region use
  const clerk = new BotDefinition({ interfaces: { tickets: crud } }).addIntegration(database, {
    configuration: { url, schema: name, table: 'tickets' },
  })
  await using bot = await startBot(clerk)
  const { tickets } = bot.interfaces
  await tickets.createItem({ draft: tickets.entities.draft.parse({ title: 'The lamp is broken' }) })
  const { items } = await tickets.listItems({})
  const changes = tickets.entities.changes.parse({ done: true })
  for (const item of items) await tickets.updateItem({ item, changes })
  // #endregion
  expect((await tickets.listItems({})).items).toEqual([{ id: '1', title: 'The lamp is broken', done: true }])
})

it('tells of what is created, changed and deleted, once each', async () => {
  await schema.run(`CREATE TABLE heard (id serial PRIMARY KEY, title text)`)
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
  expect(heard).toEqual([{ item }, { item: { id: '1', title: 'y' } }, { id: '1' }])
})
