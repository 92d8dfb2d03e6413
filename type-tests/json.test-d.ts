import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { installable } from './fixtures/installable.ts'

type Json = z.core.util.JSONType

// Any JSON, beside an entity, in every place.
const documents = new InterfaceDefinition({
  name: 'documents',
  entities: {
    document: { schema: z.object({ id: z.string(), body: z.json() }) },
    extra: { schema: z.object({}).catchall(z.json().optional()), optional: true },
  },
  actions: {
    store: {
      input: {
        schema: ({ document, extra }) =>
          z.object({ document, plain: z.json(), optional: z.json().optional(), extra: extra.optional() }),
      },
      output: {
        schema: ({ document }) =>
          z.object({
            document,
            list: z.array(z.json()),
            record: z.record(z.string(), z.json()),
            nullable: z.json().nullable(),
            pair: z.tuple([document, z.json()]),
            deep: z.object({ at: z.object({ any: z.json() }) }),
          }),
      },
    },
  },
  events: { stored: { schema: ({ document }) => z.object({ document, why: z.json() }) } },
})
const cabinet = new IntegrationDefinition({
  name: 'cabinet',
  entities: { sheet: { schema: z.object({ id: z.string(), body: z.json(), pages: z.number() }) } },
  configuration: { schema: z.object({ settings: z.json().default({}) }) },
  states: { cache: { type: 'integration', schema: z.object({ last: z.json() }) } },
}).extend(documents, ({ entities }) => ({ entities: { document: entities.sheet } }))
type Sheet = { id: string; body: Json; pages: number }
type Store = (typeof cabinet.$types)['actions']['store']
expectTypeOf<Store['parsed']>().toEqualTypeOf<{
  document: Sheet
  plain: Json
  optional?: Json | undefined
  extra?: { [key: string]: Json | undefined } | undefined
}>()
expectTypeOf<Store['output']>().toEqualTypeOf<{
  document: Sheet
  list: Json[]
  record: Record<string, Json>
  nullable: Json
  pair: [Sheet, Json]
  deep: { at: { any: Json } }
}>()
expectTypeOf<(typeof cabinet.$types)['events']['stored']['input']>().toEqualTypeOf<{ document: Sheet; why: Json }>()
expectTypeOf<(typeof cabinet.$types)['configurations']['default']['input']>().toEqualTypeOf<{
  settings?: Json | undefined
}>()

new IntegrationImplementation(cabinet, {
  actions: {
    store: async ({ input, client }) => {
      expectTypeOf(input.plain).toEqualTypeOf<Json>()
      const { state } = await client.setState({ name: 'cache', payload: { last: input.plain } })
      expectTypeOf(state.payload).toEqualTypeOf<{ last: Json }>()
      return {
        document: input.document,
        list: [1, 'a', null],
        record: { a: { b: [true] } },
        nullable: null,
        pair: [input.document, input.plain],
        deep: { at: { any: input.document.body } },
      }
    },
  },
})

// What holds any JSON, or whatever else, can hold entities beside it.
const mixed = new InterfaceDefinition({
  name: 'mixed',
  entities: { thing: { schema: z.object({ id: z.string() }) } },
  actions: {
    mix: {
      input: {
        schema: ({ thing }) =>
          z.object({
            pair: z.tuple([z.json(), thing]),
            list: z.array(z.union([thing, z.json()])),
            record: z.record(z.string(), z.union([thing, z.json()])),
            open: z.object({ thing }).catchall(z.json()),
            loose: z.looseObject({ things: z.array(thing) }),
            untyped: z.tuple([thing, z.any(), z.unknown()]),
            readonly: z.array(z.union([thing, z.json()])).readonly(),
            map: z.map(thing, z.json()),
            anything: z.record(z.string(), z.any()),
            unknown: z.array(z.unknown()),
          }),
      },
      output: { schema: () => z.object({}) },
    },
  },
})
const mixer = new IntegrationDefinition({
  name: 'mixer',
  entities: { cup: { schema: z.object({ id: z.string(), size: z.number() }) } },
}).extend(mixed, ({ entities }) => ({ entities: { thing: entities.cup } }))
type Cup = { id: string; size: number }
type Mix = (typeof mixer.$types)['actions']['mix']['parsed']
expectTypeOf<Mix['pair']>().toEqualTypeOf<[Json, Cup]>()
expectTypeOf<Mix['list']>().toEqualTypeOf<(Cup | Json)[]>()
expectTypeOf<Mix['record']>().toEqualTypeOf<Record<string, Cup | Json>>()
expectTypeOf<Mix['open']>().toEqualTypeOf<{ [key: string]: Json; thing: Cup }>()
expectTypeOf<Mix['loose']>().toEqualTypeOf<{ [key: string]: unknown; things: Cup[] }>()
expectTypeOf<Mix['untyped'][0]>().toEqualTypeOf<Cup>()
expectTypeOf<Mix['untyped'][1]>().toBeAny()
expectTypeOf<Mix['untyped'][2]>().toEqualTypeOf<unknown>()
expectTypeOf<Mix['readonly']>().toEqualTypeOf<readonly (Cup | Json)[]>()
expectTypeOf<Mix['map']>().toEqualTypeOf<Map<Cup, Json>>()
expectTypeOf<Mix['anything'][string]>().toBeAny()
expectTypeOf<Mix['unknown']>().toEqualTypeOf<unknown[]>()
new PluginImplementation(new PluginDefinition({ name: 'stirrer', interfaces: { mixed } })).on.message(
  'text',
  async ({ interfaces }) => {
    const thing = interfaces.mixed.entities.thing.parse({ id: 'a' })
    type Mixed = Parameters<typeof interfaces.mixed.mix>[0]
    expectTypeOf<Mixed['pair']>().toEqualTypeOf<[Json, typeof thing]>()
    expectTypeOf<Mixed['open']['thing']>().toEqualTypeOf<typeof thing>()
    expectTypeOf<Mixed['loose']['things']>().toEqualTypeOf<(typeof thing)[]>()
    expectTypeOf<Mixed['list']>().toEqualTypeOf<(typeof thing | Json)[]>()
  },
)

// An entity that is open to other fields is exactly what it is mapped to, and keeps what an interface adds to it.
const opener = new InterfaceDefinition({
  name: 'opener',
  entities: { extra: { schema: z.object({ id: z.string() }).catchall(z.json().optional()) } },
  actions: {
    open: {
      input: {
        schema: ({ extra }) => z.object({ extra, named: z.intersection(z.object({ name: z.string() }), extra) }),
      },
      output: { schema: () => z.object({}) },
    },
  },
})
const opened = new IntegrationDefinition({
  name: 'opened',
  entities: { fields: { schema: z.object({ id: z.string(), colour: z.enum(['red', 'blue']).optional() }) } },
}).extend(opener, ({ entities }) => ({ entities: { extra: entities.fields } }))
type Open = (typeof opened.$types)['actions']['open']['parsed']
expectTypeOf<Open['extra']>().toEqualTypeOf<{ id: string; colour?: 'red' | 'blue' | undefined }>()
expectTypeOf<keyof Open['named']>().toEqualTypeOf<'id' | 'colour' | 'name'>()
expectTypeOf<Open['named']['name']>().toEqualTypeOf<string>()
expectTypeOf<Open['named']['colour']>().toEqualTypeOf<'red' | 'blue' | undefined>()

// Through a need it is JSON on both sides, beside opaque entities.
const plugin = new PluginDefinition({ name: 'filer', interfaces: { documents } })
new PluginImplementation(plugin).on.event('documents:stored', async ({ event, interfaces }) => {
  const { document, why } = event.payload
  expectTypeOf(why).toEqualTypeOf<Json>()
  expectTypeOf(document.body).toEqualTypeOf<Json>()
  const { list, pair, deep } = await interfaces.documents.store({ document, plain: { a: [why, document.body] } })
  expectTypeOf(list).toEqualTypeOf<Json[]>()
  expectTypeOf(pair).toEqualTypeOf<[typeof document, Json]>()
  expectTypeOf(deep).toEqualTypeOf<{ at: { any: Json } }>()
})

// By name, and as a bot's own state.
const bot = new BotDefinition({
  states: { notes: { type: 'bot', schema: z.object({ any: z.json() }) } },
}).addIntegration(installable(cabinet), { configuration: { settings: { deep: [{ a: null }] } } })
new BotImplementation(bot).on.message('*', async ({ actions, client }) => {
  const { record } = await actions.cabinet.store({
    document: { id: '1', body: [], pages: 1 },
    plain: 'a',
    extra: { b: 1 },
  })
  expectTypeOf(record).toEqualTypeOf<Record<string, Json>>()
  const { state } = await client.setState({ name: 'notes', payload: { any: record } })
  expectTypeOf(state.payload.any).toEqualTypeOf<Json>()
})
