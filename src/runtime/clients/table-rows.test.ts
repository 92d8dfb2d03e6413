import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { speaker, webhook } from '../bot/speech.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const quiet = { log: () => {}, environment: {} }
const orders = z.object({
  sku: z.string().min(1),
  price: z.number().nonnegative(),
  stock: z.number().default(0),
  tags: z.array(z.string()).optional(),
  note: z.string().nullish(),
})

type Client = Record<string, (request: object) => Promise<Record<string, never>>>
/** A plugin with a table, whose action does what a test says. */
function shopping(schema: z.ZodObject = orders) {
  const definition = new PluginDefinition({
    name: 'shop',
    tables: { orders: { schema } },
    actions: {
      act: {
        input: { schema: z.object({ on: z.custom<(client: Client) => unknown>() }) },
        output: { schema: z.object({ result: z.unknown() }) },
      },
    },
  })
  return definition.implementedBy(async () => ({
    default: new PluginImplementation(definition, {
      actions: { act: async ({ input, client }) => ({ result: await input.on(client as never) }) },
    }),
  }))
}

async function start(options: StartOptions = {}, schema?: z.ZodObject) {
  const running = await startBot(new BotDefinition().addPlugin(shopping(schema)), { ...quiet, ...options })
  return Object.assign(running, {
    act: async (on: (own: Client) => unknown) => (await running.actions.shop.act({ on })).result as never,
  })
}
const table = 'orders'
type Row = Record<string, unknown> & { id: string }
const create = (client: Client, ...rows: object[]): Promise<Row[]> =>
  client['createTableRows']!({ table, rows }).then(({ rows: made }) => made as never)
const find = (client: Client, request: object = {}): Promise<Row[]> =>
  client['findTableRows']!({ table, ...request }).then(({ items }) => items as never)
const skusOf = async (client: Client, request: object = {}): Promise<unknown[]> =>
  (await find(client, request)).map(({ sku }) => sku)

describe('rows of a table', () => {
  it('are made with their defaults, and found when the handler has ended', async () => {
    await using bot = await start()
    const made: Row[] = await bot.act(async (client) => {
      const rows = await create(client, { sku: 'a', price: 1 }, { sku: 'b', price: 2, tags: ['x'], unknown: 1 })
      expect(await find(client)).toEqual([])
      expect(await client['getTableRow']!({ table, id: rows[1]?.id })).toEqual({ row: rows[1] })
      return rows
    })
    const facts = { id: expect.any(String), createdAt: expect.any(String), updatedAt: expect.any(String) }
    expect(made).toEqual([
      { sku: 'a', price: 1, stock: 0, ...facts },
      { sku: 'b', price: 2, stock: 0, tags: ['x'], ...facts },
    ])
    const found: Row[] = await bot.act((client) => find(client))
    expect(found.map(({ id, sku, stock }) => ({ id, sku, stock }))).toEqual([
      { id: made[0]?.id, sku: 'a', stock: 0 },
      { id: made[1]?.id, sku: 'b', stock: 0 },
    ])
  })

  it('are changed column by column, also by two who do not know of one another', async () => {
    await using bot = await start()
    const [row]: Row[] = await bot.act((client) => create(client, { sku: 'a', price: 1, note: 'old', tags: ['x'] }))
    const id = row!.id
    const update = (given: object) => async (client: Client) =>
      (await client['updateTableRows']!({ table, rows: [{ id, ...given }] }))['rows']
    await Promise.all([bot.act(update({ price: 2 })), bot.act(update({ stock: 5, tags: undefined }))])
    expect(await bot.act((client) => find(client))).toMatchObject([{ id, sku: 'a', price: 2, stock: 5, note: 'old' }])
    const [changed]: Row[] = await bot.act(async (client) => {
      await update({ price: 3 })(client)
      return update({ note: null })(client)
    })
    expect(changed).toMatchObject({ price: 3, note: null, stock: 5 })
    expect(changed).not.toHaveProperty('tags')
    expect((await bot.act((client) => client['getTableRow']!({ table, id })))['row']).toMatchObject({ price: 3 })
  })

  it('are made or changed by the value of a column', async () => {
    await using bot = await start()
    const upsert = (client: Client, ...rows: object[]) => client['upsertTableRows']!({ table, keyColumn: 'sku', rows })
    const first = await bot.act((client) => upsert(client, { sku: 'a', price: 1, stock: 9 }, { sku: 'b', price: 1 }))
    expect(first).toMatchObject({ inserted: 2, updated: 0 })
    const second = await bot.act(async (client) => {
      await create(client, { sku: 'c', price: 1 })
      return upsert(
        client,
        { sku: 'a', price: 2 },
        { sku: 'c', price: 3 },
        { sku: 'd', price: 4 },
        { sku: 'd', price: 5 },
      )
    })
    expect(second).toMatchObject({ inserted: 1, updated: 3 })
    expect(second['rows']).toMatchObject([{ price: 2, stock: 9 }, { price: 3 }, { price: 4 }, { price: 5 }])
    const rows: Row[] = await bot.act((client) => find(client, { orderBy: 'sku' }))
    expect(rows.map(({ sku, price, stock }) => [sku, price, stock])).toEqual([
      ['a', 2, 9],
      ['b', 1, 0],
      ['c', 3, 0],
      ['d', 5, 0],
    ])
  })

  it('are deleted by their ids or by a filter, and are gone at once for who deleted them', async () => {
    await using bot = await start()
    const made: Row[] = await bot.act((client) =>
      create(client, ...['a', 'b', 'c', 'd'].map((sku, index) => ({ sku, price: index }))),
    )
    await bot.act(async (client) => {
      expect(await client['deleteTableRows']!({ table, ids: [made[0]?.id] })).toEqual({ deletedRows: 1 })
      const gone = { code: 'row_unknown' }
      await expect(client['getTableRow']!({ table, id: made[0]?.id })).rejects.toMatchObject(gone)
      await expect(client['updateTableRows']!({ table, rows: [{ id: made[0]?.id }] })).rejects.toMatchObject(gone)
      expect(await client['deleteTableRows']!({ table, filter: { price: { $gte: 2 } } })).toEqual({ deletedRows: 2 })
    })
    expect(await bot.act((client) => skusOf(client))).toEqual(['b'])
    await expect(bot.act((client) => client['deleteTableRows']!({ table }))).rejects.toMatchObject({
      code: 'filter_invalid',
    })
    await bot.act((client) => client['deleteTableRows']!({ table, filter: {} }))
    expect(await bot.act((client) => find(client))).toEqual([])
  })

  it('are found by filters, in an order, page by page', async () => {
    await using bot = await start()
    await bot.act((client) =>
      create(
        client,
        { sku: 'tea', price: 3, tags: ['hot', 'leaf'], note: 'green tea' },
        { sku: 'rum', price: 9, tags: ['cold'], note: null },
        { sku: 'ale', price: 5 },
      ),
    )
    const cases: [object, string[]][] = [
      [{ sku: 'tea' }, ['tea']],
      [{ sku: { $ne: 'tea' } }, ['ale', 'rum']],
      [{ price: { $gt: 3, $lte: 9 } }, ['ale', 'rum']],
      [{ price: { $lt: 5 } }, ['tea']],
      [{ sku: { $in: ['ale', 'rum', 'gin'] } }, ['ale', 'rum']],
      [{ tags: { $contains: 'leaf' } }, ['tea']],
      [{ note: { $contains: 'green' } }, ['tea']],
      [{ note: null }, ['ale', 'rum']],
      [{ note: { $ne: null } }, ['tea']],
      [{ tags: { $exists: false } }, ['ale']],
      [{ $or: [{ sku: 'ale' }, { $and: [{ price: 3 }, { sku: 'tea' }] }] }, ['ale', 'tea']],
      [{ $not: { $or: [{ sku: 'ale' }] }, price: { $gt: 3 } }, ['rum']],
      [{ sku: undefined, price: { $gt: undefined } }, ['ale', 'rum', 'tea']],
      [{ createdAt: { $gt: '2000-01-01T00:00:00Z' }, id: { $ne: 'x' } }, ['ale', 'rum', 'tea']],
      [{ updatedAt: { $lt: '2000-01-01T00:00:00Z' } }, []],
    ]
    for (const [filter, skus] of cases)
      expect(await bot.act((client) => skusOf(client, { filter, orderBy: 'sku' })), JSON.stringify(filter)).toEqual(
        skus,
      )
    const first = await bot.act((client) =>
      client['findTableRows']!({ table, orderBy: 'price', orderDirection: 'desc', limit: 2 }),
    )
    expect((first['items'] as Row[]).map(({ sku }) => sku)).toEqual(['rum', 'ale'])
    const rest = { orderBy: 'price', orderDirection: 'desc', cursor: first['nextCursor'] }
    expect(await bot.act((client) => skusOf(client, rest))).toEqual(['tea'])
    expect(await bot.act((client) => skusOf(client, { orderDirection: 'desc' }))).toEqual(['ale', 'rum', 'tea'])
  })

  it('are undone with the handler that fails, and written once by one that is tried again', async () => {
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    const definition = new BotDefinition({ tables: { orders: { schema: orders } } }).addIntegration(speaker('one'))
    const bot = new BotImplementation(definition)
    let attempts = 0
    bot.on.message('text', async ({ client }) => {
      attempts += 1
      await client.createTableRows({ table: 'orders', rows: [{ sku: `try ${attempts}`, price: attempts }] })
      if (attempts < 3) throw new Error('no')
    })
    await using running = await startBot(bot, { ...quiet, clock, store })
    await running.receive('one', webhook({ text: 'buy' }))
    await clock.advance(60_000)
    await running.idle()
    const { items } = await store.findTableRows({ owner: 'bot', table: 'orders', limit: 10 })
    expect(items.map(({ columns }) => columns['sku'])).toEqual(['try 3'])
  })
})

describe('a request of a table', () => {
  it('is refused for what does not fit its schema, and where', async () => {
    await using bot = await start()
    const refused: [string, object, object][] = [
      ['createTableRows', { rows: [{ sku: 'a', price: 'free' }] }, { code: 'row_invalid', where: { path: 'price' } }],
      ['createTableRows', { rows: [{ sku: 'a\0', price: 1 }] }, { code: 'row_invalid', where: { path: 'sku' } }],
      ['createTableRows', { rows: [{ sku: 'a', price: 1, note: '\ud800' }] }, { code: 'row_invalid' }],
      ['createTableRows', { table: 'orderz', rows: [] }, { code: 'table_unknown' }],
      ['createTableRows', { table: 'constructor', rows: [] }, { code: 'table_unknown' }],
      ['upsertTableRows', { keyColumn: 'tags', rows: [{ sku: 'a', price: 1, tags: [] }] }, { code: 'row_invalid' }],
      ['updateTableRows', { rows: [{ id: 'none', price: 1 }] }, { code: 'row_unknown' }],
      ['findTableRows', { limit: 0 }, { code: 'filter_invalid', where: { path: 'limit' } }],
      ['findTableRows', { limit: 1001 }, { code: 'filter_invalid' }],
      ['findTableRows', { orderDirection: 'down' }, { code: 'filter_invalid' }],
      ['findTableRows', { orderBy: 7 }, { code: 'filter_invalid' }],
      ['findTableRows', { orderBy: 'colour' }, { code: 'filter_invalid' }],
      ['findTableRows', { cursor: 'x' }, { code: 'cursor_invalid' }],
      ...[
        'sku',
        { $nor: [] },
        { $or: { sku: 'a' } },
        { sku: { $like: 'a' } },
        { colour: 'red' },
        { toString: 'a' },
        { sku: { $in: 'a' } },
        { sku: { $gt: true } },
        { sku: { $eq: {} } },
        { sku: { $exists: 1 } },
        { price: Number.NaN },
        { createdAt: 'yesterday' },
        { createdAt: 5 },
        { id: 5 },
        { $and: Array.from({ length: 300 }, () => ({ sku: 'a' })) },
        { sku: { $in: Array.from({ length: 2000 }, String) } },
      ].map((filter): [string, object, object] => ['findTableRows', { filter }, { code: 'filter_invalid' }]),
    ]
    for (const [method, request, error] of refused)
      await expect(
        bot.act((client) => client[method]!({ table, ...request })),
        JSON.stringify(request).slice(0, 80),
      ).rejects.toMatchObject(error)
    expect(await bot.act((client) => find(client))).toEqual([])
  })

  it('fills in what a later version of the schema adds, and says which row does not fit it', async () => {
    await using store = memoryStore(new VirtualClock())
    {
      await using bot = await start({ store })
      await bot.act((client) => create(client, { sku: 'a', price: 1 }))
    }
    {
      await using bot = await start({ store }, orders.extend({ size: z.enum(['s', 'l']).default('s') }))
      expect(await bot.act((client) => find(client))).toMatchObject([{ sku: 'a', size: 's' }])
    }
    await using bot = await start({ store }, orders.extend({ price: z.string() }))
    await expect(bot.act((client) => find(client))).rejects.toThrow(
      /row '.*' of table 'orders' of 'shop' is invalid: price/,
    )
  })
})

it('a table whose rows could not be stored as they are is refused when it is defined', () => {
  const problemsOf = (schema: z.ZodObject): unknown => {
    try {
      return new PluginDefinition({ name: 'shop', tables: { orders: { schema } } })
    } catch (error) {
      return (error as { problems: { code: string; path: string }[] }).problems.map(
        ({ code, path }) => `${code} ${path}`,
      )
    }
  }
  expect(problemsOf(z.object({ at: z.date() }))).toEqual(['schema_not_json tables.orders.schema.at'])
  expect(problemsOf(z.object({ size: z.string().transform(Number) }))).toEqual([
    'schema_not_json tables.orders.schema.size',
  ])
  expect(problemsOf(z.object({ id: z.string(), updatedAt: z.string(), $or: z.string() }))).toEqual([
    'column_reserved tables.orders.schema.id',
    'column_reserved tables.orders.schema.updatedAt',
    'column_reserved tables.orders.schema.$or',
  ])
  expect(problemsOf(z.object({ stock: z.number().default(0), list: z.array(z.string()).prefault([]) }))).toBeInstanceOf(
    PluginDefinition,
  )
})
