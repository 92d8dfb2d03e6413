import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import creatable from 'plugboard/interfaces/creatable'
import crud from 'plugboard/interfaces/crud'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import readable from 'plugboard/interfaces/readable'
import updatable from 'plugboard/interfaces/updatable'
import { installable } from './fixtures/installable.ts'

// An interface that is nothing but others.
type Crud = typeof crud.$types
expectTypeOf<keyof Crud['actions']>().toEqualTypeOf<
  'listItems' | 'createItem' | 'readItem' | 'updateItem' | 'deleteItem'
>()
expectTypeOf<keyof Crud['events']>().toEqualTypeOf<'itemCreated' | 'itemUpdated' | 'itemDeleted'>()
expectTypeOf<keyof Crud['entities']>().toEqualTypeOf<'item' | 'draft' | 'changes'>()
expectTypeOf<keyof Crud['interfaces']>().toEqualTypeOf<
  'listable' | 'creatable' | 'readable' | 'updatable' | 'deletable'
>()
expectTypeOf(crud.version).toEqualTypeOf<'1.0.0'>()

// One mapping implements all six, by the integration's own entities.
const garden = new IntegrationDefinition({
  name: 'garden',
  entities: {
    plant: { schema: z.object({ id: z.string(), kind: z.enum(['tree', 'herb']), height: z.number().optional() }) },
    seed: { schema: z.object({ kind: z.enum(['tree', 'herb']) }) },
    care: { schema: z.object({ height: z.number().optional() }) },
  },
}).extend(crud, ({ entities }) => ({
  entities: { item: entities.plant, draft: entities.seed, changes: entities.care },
  actions: { createItem: { name: 'plant', idempotent: false } },
  events: { itemDeleted: { name: 'felled' } },
}))
type Plant = { id: string; kind: 'tree' | 'herb'; height?: number | undefined }
type Garden = typeof garden.$types
expectTypeOf<keyof typeof garden.actions>().toEqualTypeOf<
  'listItems' | 'plant' | 'readItem' | 'updateItem' | 'deleteItem'
>()
expectTypeOf<keyof typeof garden.events>().toEqualTypeOf<'itemCreated' | 'itemUpdated' | 'felled'>()
expectTypeOf<keyof Garden['interfaces']>().toEqualTypeOf<
  'crud' | 'listable' | 'creatable' | 'readable' | 'updatable' | 'deletable'
>()
expectTypeOf<Garden['actions']['listItems']['parsed']>().toEqualTypeOf<{
  cursor?: string | undefined
  limit?: number | undefined
}>()
expectTypeOf<Garden['actions']['listItems']['output']>().toEqualTypeOf<{
  items: Plant[]
  nextCursor?: string | undefined
}>()
expectTypeOf<Garden['actions']['plant']['parsed']>().toEqualTypeOf<{ draft: { kind: 'tree' | 'herb' } }>()
expectTypeOf<Garden['actions']['plant']['returned']>().toEqualTypeOf<{ item: Plant }>()
expectTypeOf<Garden['actions']['readItem']['parsed']>().toEqualTypeOf<{ id: string }>()
expectTypeOf<Garden['actions']['updateItem']['parsed']>().toEqualTypeOf<{
  item: Plant
  changes: { height?: number | undefined }
}>()
expectTypeOf<Garden['actions']['deleteItem']['parsed']>().toEqualTypeOf<{ item: Plant }>()
expectTypeOf<Garden['events']['itemCreated']['input']>().toEqualTypeOf<{ item: Plant }>()
expectTypeOf<Garden['events']['felled']['parsed']>().toEqualTypeOf<{ id: string }>()

new IntegrationImplementation(garden, {
  actions: {
    listItems: async () => ({ items: [] }),
    plant: async ({ input: { draft } }) => {
      expectTypeOf(draft.kind).toEqualTypeOf<'tree' | 'herb'>()
      return { item: { id: '1', ...draft } }
    },
    readItem: async ({ input }) => ({ item: { id: input.id, kind: 'herb' } }),
    updateItem: async ({ input, client }) => {
      const item = { ...input.item, ...input.changes }
      await client.createEvent({ type: 'itemUpdated', payload: { item } })
      return { item }
    },
    deleteItem: async () => ({}),
  },
})

// Whoever needs crud, one of the five, or some of them by one item, is served by it.
const gardener = new PluginDefinition({
  name: 'gardener',
  interfaces: {
    crud,
    rows: listable,
    weeding: need([listable, deletable], { share: 'item' }),
    tending: need([readable, updatable, creatable], { share: 'item' }),
  },
})
const gardening = new PluginImplementation(gardener)
gardening.on.message('text', async ({ interfaces: { crud, rows, weeding, tending } }) => {
  expectTypeOf<keyof typeof crud>().toEqualTypeOf<
    'listItems' | 'createItem' | 'readItem' | 'updateItem' | 'deleteItem' | 'entities' | 'capabilities'
  >()
  expectTypeOf<keyof typeof rows>().toEqualTypeOf<'listItems' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof weeding>().toEqualTypeOf<'listItems' | 'deleteItem' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof tending>().toEqualTypeOf<
    'readItem' | 'updateItem' | 'createItem' | 'entities' | 'capabilities'
  >()
  expectTypeOf<keyof typeof tending.entities>().toEqualTypeOf<'item' | 'draft' | 'changes'>()

  // An item goes from action to action; a draft comes from outside data.
  const { item } = await crud.createItem({ draft: crud.entities.draft.parse({ kind: 'tree' }) })
  expectTypeOf(item.id).toEqualTypeOf<string>()
  expectTypeOf(item).toEqualTypeOf<ReturnType<typeof crud.entities.item.parse>>()
  const { items, nextCursor } = await crud.listItems({ limit: 10 })
  expectTypeOf(nextCursor).toEqualTypeOf<string | undefined>()
  expectTypeOf(items).toEqualTypeOf<(typeof item)[]>()
  const changes = crud.entities.changes.parse({ height: 3 })
  expectTypeOf(await crud.updateItem({ item, changes })).toEqualTypeOf<{ item: typeof item }>()
  expectTypeOf(await crud.deleteItem({ item })).toEqualTypeOf<Record<string, never>>()

  const read = await tending.readItem({ id: item.id })
  expectTypeOf(tending.updateItem).toBeCallableWith({ item: read.item, changes: tending.entities.changes.parse({}) })
  for (const weed of (await weeding.listItems({})).items) await weeding.deleteItem({ item: weed })
})
gardening.on.event('crud:itemUpdated', async ({ event, interfaces }) => {
  expectTypeOf(interfaces.crud.deleteItem).toBeCallableWith({ item: event.payload.item })
})
gardening.on.event('crud:itemDeleted', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<{ id: string }>()
})

const bot = new BotDefinition().addIntegration(installable(garden)).addPlugin(installable(gardener), {
  dependencies: { crud: 'garden', rows: 'garden', weeding: 'garden', tending: 'garden' },
})
new BotImplementation(bot).on.message('*', async ({ actions: { garden } }) => {
  expectTypeOf(await garden.plant({ draft: { kind: 'tree' } })).toEqualTypeOf<{ item: Plant }>()
  expectTypeOf(garden.updateItem).parameter(0).toEqualTypeOf<{
    item: Plant
    changes: { height?: number | undefined }
  }>()
})
