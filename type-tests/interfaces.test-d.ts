import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { installable } from './fixtures/installable.ts'
import { deletable, listable } from './fixtures/interfaces.ts'

// An interface builds on others by its own entities.
const crud = new InterfaceDefinition({
  name: 'crud',
  version: '2.1.0',
  capabilities: { undo: 'Takes a deletion back.' },
  entities: { item: { schema: z.object({ id: z.string() }) } },
  actions: {
    restore: {
      capability: 'undo',
      input: { schema: ({ item }) => z.object({ item }) },
      output: { schema: ({ item }) => z.object({ item }) },
    },
  },
})
  .extend(listable, ({ entities }) => ({ entities: { item: entities.item } }))
  .extend(deletable, ({ entities }) => ({
    entities: { item: entities.item },
    actions: { delete: { name: 'remove' } },
    events: { deleted: { name: 'removed' } },
  }))
expectTypeOf<keyof (typeof crud.$types)['actions']>().toEqualTypeOf<'restore' | 'list' | 'remove'>()
expectTypeOf<keyof (typeof crud.$types)['events']>().toEqualTypeOf<'removed'>()
expectTypeOf<keyof (typeof crud.$types)['interfaces']>().toEqualTypeOf<'listable' | 'deletable'>()
expectTypeOf<keyof (typeof crud.$types)['capabilities']>().toEqualTypeOf<'undo'>()
expectTypeOf<keyof (typeof crud.$types)['entities']>().toEqualTypeOf<'item'>()
expectTypeOf(crud.version).toEqualTypeOf<'2.1.0'>()

// Whoever implements it implements them all, by the entity that was mapped.
const notes = new IntegrationDefinition({
  name: 'notes',
  entities: { note: { schema: z.object({ id: z.string(), text: z.string() }) } },
}).extend(crud, ({ entities }) => ({ entities: { item: entities.note }, actions: { list: { name: 'listNotes' } } }))
type Note = { id: string; text: string }
type Notes = typeof notes.$types
expectTypeOf<keyof typeof notes.actions>().toEqualTypeOf<'listNotes' | 'remove'>()
expectTypeOf<keyof typeof notes.events>().toEqualTypeOf<'removed'>()
expectTypeOf<keyof Notes['interfaces']>().toEqualTypeOf<'crud' | 'listable' | 'deletable'>()
expectTypeOf<Notes['interfaces']['crud']['crud']['version']>().toEqualTypeOf<'2.1.0'>()
expectTypeOf<Notes['interfaces']['listable']['listable']['version']>().toEqualTypeOf<'1.0.0'>()
expectTypeOf<Notes['actions']['listNotes']['parsed']>().toEqualTypeOf<{ cursor?: string | undefined }>()
expectTypeOf<Notes['actions']['listNotes']['output']>().toEqualTypeOf<{ items: Note[] }>()
expectTypeOf<Notes['actions']['remove']['parsed']>().toEqualTypeOf<{ item: Note }>()
expectTypeOf<Notes['events']['removed']['parsed']>().toEqualTypeOf<{ item: Note }>()

new IntegrationImplementation(notes, {
  actions: {
    listNotes: async ({ input }) => {
      expectTypeOf(input.cursor).toEqualTypeOf<string | undefined>()
      return { items: [{ id: 'a', text: 'b' }] }
    },
    remove: async ({ input }) => {
      expectTypeOf(input.item).toEqualTypeOf<Note>()
      return {}
    },
  },
})

// An ancestor that is reached twice by the same entity is one.
const diamond = new IntegrationDefinition({
  name: 'diamond',
  entities: { note: { schema: z.object({ id: z.string(), text: z.string() }) } },
})
  .extend(crud, ({ entities }) => ({ entities: { item: entities.note }, capabilities: ['undo'] }))
  .extend(listable, ({ entities }) => ({ entities: { item: entities.note } }))
expectTypeOf<keyof typeof diamond.actions>().toEqualTypeOf<'restore' | 'list' | 'remove'>()
expectTypeOf<(typeof diamond.$types)['interfaces']['crud']['crud']['capabilities']>().toEqualTypeOf<'undo'>()

// Three generations.
const archive = new InterfaceDefinition({
  name: 'archive',
  entities: { page: { schema: z.object({ id: z.string(), year: z.number() }) } },
}).extend(crud, ({ entities }) => ({ entities: { item: entities.page } }))
const papers = new IntegrationDefinition({
  name: 'papers',
  entities: { paper: { schema: z.object({ id: z.string(), year: z.number(), pages: z.number() }) } },
}).extend(archive, ({ entities }) => ({ entities: { page: entities.paper } }))
type Paper = { id: string; year: number; pages: number }
expectTypeOf<keyof (typeof papers.$types)['interfaces']>().toEqualTypeOf<
  'archive' | 'crud' | 'listable' | 'deletable'
>()
expectTypeOf<(typeof papers.$types)['actions']['list']['output']>().toEqualTypeOf<{ items: Paper[] }>()

// Each ancestor can be needed and bound; the child's names are for those who need the child.
const reader = new PluginDefinition({
  name: 'reader',
  interfaces: { rows: listable, all: crud, both: need([listable, deletable], { share: 'item' }) },
})
new PluginImplementation(reader).on.message('text', async ({ interfaces: { rows, all, both } }) => {
  expectTypeOf<keyof typeof rows>().toEqualTypeOf<'list' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof all>().toEqualTypeOf<'list' | 'remove' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof both>().toEqualTypeOf<'list' | 'delete' | 'entities' | 'capabilities'>()
  const { items } = await all.list({})
  expectTypeOf(items[0]?.id).toEqualTypeOf<string | undefined>()
  if (items[0]) expectTypeOf(all.remove).toBeCallableWith({ item: items[0] })
})
const library = new BotDefinition()
  .addIntegration(installable(notes))
  .addIntegration(installable(papers))
  .addPlugin(installable(reader), { dependencies: { rows: 'papers', all: 'notes', both: 'notes' } })
expectTypeOf<keyof (typeof library.$types)['plugins']>().toEqualTypeOf<'reader'>()

// What an interface declares is plain data.
expectTypeOf<(typeof listable)['kind']>().toEqualTypeOf<'interface'>()
expectTypeOf(crud.capabilities).toEqualTypeOf<Readonly<Record<'undo', string>>>()
