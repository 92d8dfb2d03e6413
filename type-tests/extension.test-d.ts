import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, InterfaceDefinition, messages, z } from 'plugboard'
import type { plain, tracker, vendor } from './fixtures/integrations.ts'
import { listable, llm, tts } from './fixtures/interfaces.ts'

type Engine = { id: 'large' | 'small'; context: number }

// What the interface brings joins what is there, by exact names.
expectTypeOf<keyof typeof vendor.actions>().toEqualTypeOf<'ping' | 'generate' | 'narrate' | 'listModels'>()
expectTypeOf<keyof typeof vendor.events>().toEqualTypeOf<'renamed' | 'retired'>()
expectTypeOf<keyof typeof vendor.channels>().toEqualTypeOf<'chat' | 'console'>()
expectTypeOf<keyof typeof vendor.entities>().toEqualTypeOf<'engine'>()
expectTypeOf<keyof typeof vendor.states>().toEqualTypeOf<'cursor'>()

// An action whose capability is not claimed is withheld.
expectTypeOf<keyof typeof plain.actions>().toEqualTypeOf<'generate' | 'listModels'>()

// The interface is known with its version, its capabilities and its mapping.
type Implemented = (typeof vendor.$types)['interfaces']
expectTypeOf<keyof Implemented>().toEqualTypeOf<'llm'>()
expectTypeOf<keyof Implemented['llm']>().toEqualTypeOf<'llm'>()
expectTypeOf<Implemented['llm']['llm']['version']>().toEqualTypeOf<'1.2.0'>()
expectTypeOf<Implemented['llm']['llm']['capabilities']>().toEqualTypeOf<'stream'>()
expectTypeOf<keyof Implemented['llm']['llm']['entities']>().toEqualTypeOf<'model'>()
expectTypeOf<(typeof plain.$types)['interfaces']['llm']['llm']['capabilities']>().toEqualTypeOf<never>()

// Entities are the integration's own, on both sides.
type Generate = (typeof vendor.$types)['actions']['generate']
expectTypeOf<Generate['parsed']>().toEqualTypeOf<{
  prompt: string
  temperature: number
  model?: Engine | undefined
  options?: {} | undefined
}>()
expectTypeOf<Generate['returned']>().toEqualTypeOf<{ model: Engine; text: string }>()
expectTypeOf<(typeof vendor.$types)['events']['retired']['input']>().toEqualTypeOf<{ model: Engine }>()
expectTypeOf<(typeof plain.$types)['events']['retired']['parsed']>().toEqualTypeOf<{ model: { id: string } }>()

// New names take the place of the old ones.
const renamed = new IntegrationDefinition({
  name: 'renamed',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: { ping: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
}).extend(llm, ({ entities }) => ({
  entities: { model: entities.engine },
  actions: {
    generate: { name: 'complete', title: 'Complete', billable: false },
    listModels: { description: 'Lists.' },
  },
  events: { retired: { name: 'modelRetired' } },
  channels: { console: { name: 'terminal', message: { tags: { line: {} } } } },
  capabilities: ['stream', 'tools'],
}))
expectTypeOf<keyof typeof renamed.actions>().toEqualTypeOf<'ping' | 'complete' | 'narrate' | 'listModels'>()
expectTypeOf<keyof typeof renamed.events>().toEqualTypeOf<'modelRetired'>()
expectTypeOf<keyof typeof renamed.channels>().toEqualTypeOf<'terminal'>()
expectTypeOf<(typeof renamed.$types)['actions']['complete']['returned']>().toEqualTypeOf<{
  model: { id: string }
  text: string
}>()
expectTypeOf<(typeof renamed.$types)['interfaces']['llm']['llm']['capabilities']>().toEqualTypeOf<'stream' | 'tools'>()

// Two names can be swapped: each is free once the other has moved.
const swapped = new IntegrationDefinition({
  name: 'swapped',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
}).extend(llm, ({ entities }) => ({
  entities: { model: entities.engine },
  actions: { generate: { name: 'listModels' }, listModels: { name: 'generate' } },
}))
expectTypeOf<(typeof swapped.$types)['actions']['generate']['returned']>().toEqualTypeOf<{ models: { id: string }[] }>()

// An own member of the same name stays, if it refines the interface's.
const refining = new IntegrationDefinition({
  name: 'refining',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: {
    listModels: {
      input: { schema: z.object({ region: z.string().optional() }) },
      output: { schema: z.object({ models: z.array(z.object({ id: z.string() })), total: z.number() }) },
    },
  },
  events: { retired: { schema: z.object({ model: z.object({ id: z.string() }), at: z.string() }) } },
  channels: { console: { messages: { text: messages.defaults.text, image: messages.defaults.image } } },
}).extend(llm, ({ entities }) => ({ entities: { model: entities.engine } }))
expectTypeOf<(typeof refining.$types)['actions']['listModels']['parsed']>().toEqualTypeOf<{
  region?: string | undefined
}>()
expectTypeOf<(typeof refining.$types)['actions']['listModels']['output']>().toEqualTypeOf<{
  models: { id: string }[]
  total: number
}>()
expectTypeOf<(typeof refining.$types)['events']['retired']['parsed']>().toEqualTypeOf<{
  model: { id: string }
  at: string
}>()
expectTypeOf<keyof (typeof refining.$types)['channels']['console']['messages']>().toEqualTypeOf<'text' | 'image'>()

// `assume` vouches for what cannot be proved.
const assumed = new IntegrationDefinition({
  name: 'assumed',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: { listModels: { input: { schema: z.object({}) }, output: { schema: z.object({ count: z.number() }) } } },
}).extend(llm, ({ entities }) => ({
  entities: { model: entities.engine },
  actions: { listModels: { assume: true } },
}))
expectTypeOf<(typeof assumed.$types)['actions']['listModels']['output']>().toEqualTypeOf<{ count: number }>()

// Chained, each extension adds its own; one may see what the one before added.
const both = new IntegrationDefinition({
  name: 'both',
  entities: {
    engine: { schema: z.object({ id: z.string() }) },
    voice: { schema: z.object({ id: z.string(), pitch: z.number() }) },
  },
})
  .extend(llm, ({ entities }) => ({ entities: { model: entities.engine } }))
  .extend(tts, ({ entities }) => ({ entities: { voice: entities.voice }, actions: { speak: { name: 'say' } } }))
expectTypeOf<keyof typeof both.actions>().toEqualTypeOf<'generate' | 'listModels' | 'say'>()
expectTypeOf<keyof (typeof both.$types)['interfaces']>().toEqualTypeOf<'llm' | 'tts'>()
expectTypeOf<(typeof both.$types)['actions']['say']['parsed']>().toEqualTypeOf<{
  voice: { id: string; pitch: number }
  text: string
}>()

// Twice by different entities, each under its name.
expectTypeOf<keyof typeof tracker.actions>().toEqualTypeOf<'listIssues' | 'listLabels' | 'delete'>()
expectTypeOf<keyof (typeof tracker.$types)['interfaces']['listable']>().toEqualTypeOf<'issues' | 'labels'>()
expectTypeOf<(typeof tracker.$types)['actions']['listLabels']['output']>().toEqualTypeOf<{
  items: { id: string; color: string }[]
}>()

// Twice by the same entities is once.
const again = new IntegrationDefinition({ name: 'again', entities: { row: { schema: z.object({ id: z.string() }) } } })
  .extend(listable, ({ entities }) => ({ entities: { item: entities.row } }))
  .extend(listable, ({ entities }) => ({ entities: { item: entities.row } }))
expectTypeOf<keyof typeof again.actions>().toEqualTypeOf<'list'>()
expectTypeOf<keyof (typeof again.$types)['interfaces']['listable']>().toEqualTypeOf<'listable'>()

// An interface without entities needs no mapping.
const clock = new InterfaceDefinition({
  name: 'clock',
  version: '2.0.0',
  actions: { now: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({ at: z.string() }) } } },
})
const watch = new IntegrationDefinition({ name: 'watch' }).extend(clock)
expectTypeOf<keyof typeof watch.actions>().toEqualTypeOf<'now'>()
expectTypeOf<(typeof watch.$types)['interfaces']['clock']['clock']['version']>().toEqualTypeOf<'2.0.0'>()
const mapped = new IntegrationDefinition({ name: 'mapped' }).extend(clock, () => ({
  entities: {},
  actions: { now: { name: 'tell' } },
}))
expectTypeOf<keyof typeof mapped.actions>().toEqualTypeOf<'tell'>()

// One entity can stand for several of the interface's.
const pairs = new InterfaceDefinition({
  name: 'pairs',
  entities: { left: { schema: z.object({ id: z.string() }) }, right: { schema: z.object({ id: z.string() }) } },
  actions: {
    join: {
      input: { schema: ({ left, right }) => z.object({ left, right }) },
      output: { schema: () => z.object({}) },
    },
  },
})
const joined = new IntegrationDefinition({
  name: 'joined',
  entities: { node: { schema: z.object({ id: z.string(), weight: z.number() }) } },
}).extend(pairs, ({ entities }) => ({ entities: { left: entities.node, right: entities.node } }))
type Node = { id: string; weight: number }
expectTypeOf<(typeof joined.$types)['actions']['join']['parsed']>().toEqualTypeOf<{ left: Node; right: Node }>()
