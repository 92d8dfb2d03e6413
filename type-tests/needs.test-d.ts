import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { deletable, listable, llm, tts } from './fixtures/interfaces.ts'

// A bare interface means its caret range and no capability.
const plugin = new PluginDefinition({
  name: 'plugin',
  interfaces: {
    llm,
    narrator: need(llm, { capabilities: ['stream'] }),
    everything: need(llm, { version: '^1.1.0', capabilities: ['stream', 'tools'] }),
    exact: need(llm, { version: '1.2.0' }),
    speech: tts,
    items: need([listable, deletable], { share: 'item' }),
  },
})
type Needs = (typeof plugin.$types)['needs']
expectTypeOf<keyof Needs>().toEqualTypeOf<'llm' | 'narrator' | 'everything' | 'exact' | 'speech' | 'items'>()
expectTypeOf<Needs['llm']['requires']>().toEqualTypeOf<{ llm: { version: '^1.2.0'; capabilities: never } }>()
expectTypeOf<Needs['speech']['requires']>().toEqualTypeOf<{ tts: { version: '^1.0.0'; capabilities: never } }>()

// Capabilities and versions are known by their texts.
expectTypeOf<Needs['narrator']['requires']>().toEqualTypeOf<{ llm: { version: '^1.2.0'; capabilities: 'stream' } }>()
expectTypeOf<Needs['everything']['requires']>().toEqualTypeOf<{
  llm: { version: '^1.1.0'; capabilities: 'stream' | 'tools' }
}>()
expectTypeOf<Needs['exact']['requires']>().toEqualTypeOf<{ llm: { version: '1.2.0'; capabilities: never } }>()

// A need stands by itself, too.
const streaming = need(llm, { capabilities: ['stream'] })
expectTypeOf(streaming.kind).toEqualTypeOf<'need'>()
expectTypeOf(streaming.share).toEqualTypeOf<string | undefined>()
expectTypeOf(streaming.$need.requires.llm.capabilities).toEqualTypeOf<'stream'>()

// One need for several interfaces that mean the same entity.
expectTypeOf<Needs['items']['requires']>().toEqualTypeOf<{
  listable: { version: '^1.0.0'; capabilities: never }
  deletable: { version: '^1.0.0'; capabilities: never }
}>()
expectTypeOf<keyof Needs['items']['members']['actions']>().toEqualTypeOf<'list' | 'delete'>()
expectTypeOf<keyof Needs['items']['members']['events']>().toEqualTypeOf<'deleted'>()
expectTypeOf<keyof Needs['items']['members']['entities']>().toEqualTypeOf<'item'>()

// What belongs to a capability is there for those who require it, and what is always there for all.
new PluginImplementation(plugin).on.message('text', async ({ interfaces }) => {
  expectTypeOf<keyof typeof interfaces>().toEqualTypeOf<keyof Needs>()
  expectTypeOf<keyof typeof interfaces.llm>().toEqualTypeOf<'generate' | 'listModels' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof interfaces.narrator>().toEqualTypeOf<
    'generate' | 'listModels' | 'narrate' | 'entities' | 'capabilities'
  >()
  expectTypeOf<keyof typeof interfaces.exact>().toEqualTypeOf<'generate' | 'listModels' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof interfaces.speech>().toEqualTypeOf<'speak' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof interfaces.items>().toEqualTypeOf<'list' | 'delete' | 'entities' | 'capabilities'>()

  // What one half of a composite need gives fits the other half.
  const { items } = await interfaces.items.list({})
  type Item = (typeof items)[number]
  expectTypeOf(interfaces.items.delete).parameter(0).toEqualTypeOf<{ item: Item }>()
  expectTypeOf(interfaces.items.entities.item.parse).returns.toEqualTypeOf<Item>()
})

// Capabilities of a composite need belong to the interface that declares them.
const undoable = new InterfaceDefinition({
  name: 'undoable',
  capabilities: { redo: 'Does again what was undone.' },
  entities: { item: { schema: z.object({ id: z.string() }) }, step: { schema: z.object({ at: z.string() }) } },
  actions: {
    undo: {
      input: { schema: ({ item }) => z.object({ item }) },
      output: { schema: ({ step }) => z.object({ step }) },
    },
    redo: {
      capability: 'redo',
      input: { schema: ({ item, step }) => z.object({ item, step }) },
      output: { schema: () => z.object({}) },
    },
  },
})
const editor = new PluginDefinition({
  name: 'editor',
  interfaces: {
    plain: need([listable, undoable], { share: 'item' }),
    redoing: need([listable, undoable], { share: 'item', capabilities: ['redo'] }),
  },
})
type EditorNeeds = (typeof editor.$types)['needs']
expectTypeOf<EditorNeeds['redoing']['requires']>().toEqualTypeOf<{
  listable: { version: '^1.0.0'; capabilities: never }
  undoable: { version: '^0.0.0-dev'; capabilities: 'redo' }
}>()
expectTypeOf<keyof EditorNeeds['plain']['members']['entities']>().toEqualTypeOf<'item' | 'step'>()
new PluginImplementation(editor).on.message('*', async ({ interfaces: { plain, redoing } }) => {
  expectTypeOf<keyof typeof plain>().toEqualTypeOf<'list' | 'undo' | 'entities' | 'capabilities'>()
  expectTypeOf<keyof typeof redoing>().toEqualTypeOf<'list' | 'undo' | 'redo' | 'entities' | 'capabilities'>()
  const { items } = await redoing.list({})
  for (const item of items) {
    const { step } = await redoing.undo({ item })
    expectTypeOf(step.at).toEqualTypeOf<string>()
    expectTypeOf(redoing.redo).toBeCallableWith({ item, step })
  }
})

// One of two needs may be bound to nothing.
const reader = new PluginDefinition({
  name: 'reader',
  interfaces: {
    llm: need(llm, { unless: 'speech', capabilities: ['stream'] }),
    speech: need(tts, { unless: 'llm' }),
  },
})
type ReaderNeeds = (typeof reader.$types)['needs']
expectTypeOf<ReaderNeeds['llm']['requires']>().toEqualTypeOf<{ llm: { version: '^1.2.0'; capabilities: 'stream' } }>()
new PluginImplementation(reader).on.message('*', async ({ interfaces }) => {
  expectTypeOf<Extract<typeof interfaces.speech, undefined>>().toEqualTypeOf<undefined>()
  expectTypeOf<keyof NonNullable<typeof interfaces.speech>>().toEqualTypeOf<'speak' | 'entities' | 'capabilities'>()
  expectTypeOf<Extract<typeof interfaces.llm, undefined>>().toEqualTypeOf<undefined>()
})
new PluginImplementation(plugin).on.message('*', async ({ interfaces }) => {
  expectTypeOf<Extract<typeof interfaces.llm, undefined>>().toBeNever()
})

// Events of other interfaces are heard with the entity that they share, and nothing else of them is there.
const creatable = new InterfaceDefinition({
  name: 'creatable',
  entities: { item: { schema: z.object({ id: z.string() }) }, draft: { schema: z.object({}) } },
  actions: {
    create: { input: { schema: ({ draft }) => z.object({ draft }) }, output: { schema: () => z.object({}) } },
  },
  events: { created: { schema: ({ item }) => z.object({ item }) } },
})
const mirror = new PluginDefinition({
  name: 'mirror',
  interfaces: { items: need(listable, { share: 'item', hears: [creatable] }) },
})
new PluginImplementation(mirror).on.event('items:created', async ({ event, interfaces: { items } }) => {
  expectTypeOf<keyof typeof items>().toEqualTypeOf<'list' | 'entities' | 'capabilities'>()
  expectTypeOf(event.payload.item).toEqualTypeOf<ReturnType<typeof items.entities.item.parse>>()
})

// A bot can need what its plugins can.
const bot = new BotDefinition({ interfaces: { llm, narrator: need(llm, { capabilities: ['stream'] }) } })
expectTypeOf<keyof (typeof bot.$types)['own']['needs']>().toEqualTypeOf<'llm' | 'narrator'>()
expectTypeOf<keyof typeof bot.needs>().toEqualTypeOf<'llm' | 'narrator'>()
new BotImplementation(bot).on.message('*', async ({ interfaces }) => {
  expectTypeOf<keyof typeof interfaces.narrator>().toEqualTypeOf<
    'generate' | 'listModels' | 'narrate' | 'entities' | 'capabilities'
  >()
})

// A definition keeps its needs as data.
expectTypeOf(plugin.needs.llm.$need).toEqualTypeOf<Needs['llm']>()
expectTypeOf(plugin.needs.llm.requirements[0]?.capabilities).toEqualTypeOf<readonly string[] | undefined>()
