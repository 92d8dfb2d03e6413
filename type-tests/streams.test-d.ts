import { expectTypeOf } from 'expect-type'
import {
  type ActionStream,
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { installable } from './fixtures/installable.ts'
import type { vendor } from './fixtures/integrations.ts'
import { llm } from './fixtures/interfaces.ts'

// An action that streams has items, with a side that is given and one that is parsed.
const search = new InterfaceDefinition({
  name: 'search',
  version: '1.0.0',
  entities: { page: { schema: z.object({ url: z.string() }) } },
  actions: {
    find: {
      input: { schema: ({ page }) => z.object({ words: z.string(), like: page.optional() }) },
      stream: {
        schema: ({ page }) =>
          z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('page'), page, rank: z.number().default(0) }),
            z.object({ kind: z.literal('progress'), at: z.string().transform((at) => new Date(at)) }),
          ]),
      },
      output: { schema: ({ page }) => z.object({ best: page.nullable(), count: z.number().default(0) }) },
    },
    count: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({ pages: z.number() }) } },
  },
})
const engine = new IntegrationDefinition({
  name: 'engine',
  version: '1.0.0',
  entities: { hit: { schema: z.object({ url: z.string(), title: z.string() }) } },
  actions: {
    tail: {
      input: { schema: z.object({ from: z.number().default(0) }) },
      stream: { schema: z.object({ line: z.string().transform((line) => line.length) }) },
      output: { schema: z.object({ lines: z.number() }) },
    },
  },
}).extend(search, ({ entities }) => ({ entities: { page: entities.hit } }))
type Hit = { url: string; title: string }
type Actions = (typeof engine.$types)['actions']
expectTypeOf<Actions['find']['item']['input']>().toEqualTypeOf<
  { kind: 'page'; page: Hit; rank?: number | undefined } | { kind: 'progress'; at: string }
>()
expectTypeOf<Actions['find']['item']['parsed']>().toEqualTypeOf<
  { kind: 'page'; page: Hit; rank: number } | { kind: 'progress'; at: Date }
>()
expectTypeOf<Actions['tail']['item']>().toEqualTypeOf<{ input: { line: string }; parsed: { line: number } }>()
expectTypeOf<Actions['count']['item']>().toEqualTypeOf<never>()

// Its handler is an async generator: it yields what is given and returns the output.
const implementation = new IntegrationImplementation(engine, {
  actions: {
    find: async function* ({ input, signal }) {
      expectTypeOf(input).toEqualTypeOf<{ words: string; like?: Hit | undefined }>()
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      yield { kind: 'progress', at: '2030-01-01' }
      yield { kind: 'page', page: { url: 'a', title: 'A' } }
      return { best: null }
    },
    tail: async function* ({ input }) {
      expectTypeOf(input).toEqualTypeOf<{ from: number }>()
      yield { line: 'one' }
      return { lines: 1 }
    },
    count: async () => ({ pages: 1 }),
  },
})
expectTypeOf(implementation.handlers.actions.tail).returns.toEqualTypeOf<
  AsyncGenerator<{ line: string }, { lines: number }, void>
>()
expectTypeOf(implementation.handlers.actions.count).returns.toEqualTypeOf<Promise<{ pages: number }>>()

// Its caller reads the items as they come, and the output once they have ended.
const finder = new PluginDefinition({ name: 'finder', interfaces: { search } })
new PluginImplementation(finder).on.message('text', async ({ interfaces }) => {
  const stream = interfaces.search.find({ words: 'a' })
  type Page = ReturnType<typeof interfaces.search.entities.page.parse>
  type Item = { kind: 'page'; page: Page; rank: number } | { kind: 'progress'; at: Date }
  expectTypeOf(stream).toEqualTypeOf<ActionStream<Item, { best: Page | null; count: number }>>()
  expectTypeOf(stream).toExtend<AsyncIterable<Item>>()
  for await (const item of stream) {
    if (item.kind === 'page') expectTypeOf(item.page.url).toEqualTypeOf<string>()
    else expectTypeOf(item.at).toEqualTypeOf<Date>()
  }
  const { best, count } = await stream.output()
  expectTypeOf(count).toEqualTypeOf<number>()
  // An entity that was streamed can be handed back.
  if (best) expectTypeOf(interfaces.search.find).toBeCallableWith({ words: 'b', like: best })
  // A call can be aborted.
  const aborting = new AbortController()
  expectTypeOf(interfaces.search.find).parameter(1).toEqualTypeOf<{ signal?: AbortSignal } | undefined>()
  expectTypeOf(await interfaces.search.count({}, { signal: aborting.signal })).toEqualTypeOf<{ pages: number }>()
})

// By name, with the integration's own entities.
const bot = new BotDefinition().addIntegration(installable(engine))
new BotImplementation(bot).on.message('*', async ({ actions: { engine } }) => {
  for await (const { line } of engine.tail({})) expectTypeOf(line).toEqualTypeOf<number>()
  const stream = engine.find({ words: 'a', like: { url: 'a', title: 'A' } })
  expectTypeOf(stream.output).returns.resolves.toEqualTypeOf<{ best: Hit | null; count: number }>()
})

// One that needs a capability is there where the capability is required; it is claimed by name.
const narrating = new PluginDefinition({
  name: 'narrating',
  interfaces: { llm, narrator: need(llm, { capabilities: ['stream'] }) },
})
new PluginImplementation(narrating).on.message('text', async ({ interfaces }) => {
  expectTypeOf(interfaces.narrator.narrate).returns.toEqualTypeOf<ActionStream<{ text: string }, { text: string }>>()
})
expectTypeOf<(typeof vendor.$types)['actions']['narrate']['item']>().toEqualTypeOf<{
  input: { text: string }
  parsed: { text: string }
}>()

// What has a stand-in is there for everyone: an integration that cannot stream is downgraded.
const teller = new InterfaceDefinition({
  name: 'teller',
  capabilities: { stream: 'Word by word.' },
  actions: {
    tell: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({ story: z.string() }) } },
    tellOn: {
      capability: 'stream',
      downgrade: { to: 'tell', items: ({ story }: { story: string }) => [{ word: story }] },
      input: { schema: () => z.object({}) },
      stream: { schema: () => z.object({ word: z.string() }) },
      output: { schema: () => z.object({ story: z.string() }) },
    },
  },
})
const listener = new PluginDefinition({ name: 'listener', interfaces: { teller } })
new PluginImplementation(listener).on.message('text', async ({ interfaces }) => {
  expectTypeOf<keyof typeof interfaces.teller>().toEqualTypeOf<'tell' | 'tellOn' | 'entities' | 'capabilities'>()
  for await (const item of interfaces.teller.tellOn({})) expectTypeOf(item).toEqualTypeOf<{ word: string }>()
})
const tongueless = new IntegrationDefinition({ name: 'tongueless' }).extend(teller)
expectTypeOf<keyof typeof tongueless.actions>().toEqualTypeOf<'tell'>()
