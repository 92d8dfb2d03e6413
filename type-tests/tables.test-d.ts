import { expectTypeOf } from 'expect-type'
import { BotDefinition, BotImplementation, type Page, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { assistant } from './fixtures/plugins.ts'

type Facts = { readonly id: string; readonly createdAt: string; readonly updatedAt: string }

const shop = new PluginDefinition({
  name: 'shop',
  tables: {
    orders: {
      schema: z.object({
        sku: z.string(),
        size: z.enum(['s', 'l']),
        price: z.number(),
        stock: z.number().default(0),
        paid: z.boolean().optional(),
        tags: z.array(z.string()).default([]),
        note: z.string().nullable(),
        address: z.object({ city: z.string() }).optional(),
      }),
    },
    visits: { schema: z.object({ count: z.number() }) },
  },
})
type Order = {
  sku: string
  size: 's' | 'l'
  price: number
  stock: number
  paid?: boolean | undefined
  tags: string[]
  note: string | null
  address?: { city: string } | undefined
} & Facts

new PluginImplementation(shop).on.message('*', async ({ client }) => {
  // What is made is the input: what has a default may be left out. What comes back is the whole row.
  const { rows } = await client.createTableRows({
    table: 'orders',
    rows: [{ sku: 'a', size: 's', price: 1, note: null }],
  })
  expectTypeOf(rows).branded.toEqualTypeOf<Order[]>()
  expectTypeOf(client.createTableRows).parameter(0).toHaveProperty('table').toEqualTypeOf<'orders' | 'visits'>()
  const { row } = await client.getTableRow({ table: 'visits', id: '1' })
  expectTypeOf(row).branded.toEqualTypeOf<{ count: number } & Facts>()
  expectTypeOf(client.findTableRows<'orders'>).returns.resolves.branded.toEqualTypeOf<Page<Order>>()

  // A change names some columns, and the row.
  await client.updateTableRows({ table: 'orders', rows: [{ id: '1', price: 2, paid: undefined }] })
  const upserted = await client.upsertTableRows({ table: 'visits', keyColumn: 'count', rows: [{ count: 1 }] })
  expectTypeOf(upserted).branded.toEqualTypeOf<{
    rows: ({ count: number } & Facts)[]
    inserted: number
    updated: number
  }>()
  expectTypeOf(client.upsertTableRows<'orders'>)
    .parameter(0)
    .toHaveProperty('keyColumn')
    .toEqualTypeOf<'sku' | 'size' | 'price' | 'stock' | 'paid' | 'note'>()

  // A filter compares each column with what it can hold.
  await client.findTableRows({
    table: 'orders',
    filter: {
      sku: 'a',
      size: { $in: ['s'] },
      price: { $gt: 1, $lte: 2 },
      note: null,
      paid: { $ne: true },
      tags: { $contains: 'new' },
      address: { $exists: true },
      createdAt: { $gte: '2030-01-01T00:00:00Z' },
      $or: [{ stock: { $lt: 1 } }, { $not: { note: { $contains: 'x' } } }],
    },
    orderBy: 'price',
    orderDirection: 'desc',
    limit: 10,
  })
  expectTypeOf(client.findTableRows<'visits'>)
    .parameter(0)
    .toHaveProperty('orderBy')
    .toEqualTypeOf<'count' | 'id' | 'createdAt' | 'updatedAt' | undefined>()

  expectTypeOf(await client.deleteTableRows({ table: 'visits', ids: ['1'] })).toEqualTypeOf<{ deletedRows: number }>()
  await client.deleteTableRows({ table: 'orders', filter: { paid: true } })
})

// A definition without tables can name none; a bot's own are its own.
new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } }).on.message(
  '*',
  async ({ client }) => {
    expectTypeOf(client.findTableRows).parameter(0).toHaveProperty('table').toEqualTypeOf<never>()
  },
)
const bot = new BotDefinition({ tables: { leads: { schema: z.object({ name: z.string() }) } } })
expectTypeOf<keyof (typeof bot.$types)['own']['tables']>().toEqualTypeOf<'leads'>()
new BotImplementation(bot).on.message('*', async ({ client }) => {
  const { items } = await client.findTableRows({ table: 'leads', filter: { name: { $contains: 'a' } } })
  expectTypeOf(items[0]?.name).toEqualTypeOf<string | undefined>()
})
