import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, PluginDefinition, z } from 'plugboard'
import type { vendor } from './fixtures/integrations.ts'
import type { assistant } from './fixtures/plugins.ts'

const store = new IntegrationDefinition({
  name: 'store',
  configuration: {
    schema: z.object({
      key: z.string(),
      region: z.string().default('eu'),
      retries: z.string().transform(Number).optional(),
    }),
  },
  configurations: { local: { schema: z.object({ path: z.string() }) } },
  entities: { product: { schema: z.object({ id: z.string(), tags: z.array(z.string()) }) } },
  actions: {
    find: {
      input: {
        schema: z.object({
          text: z.string(),
          limit: z.number().default(10),
          since: z.string().transform((since) => new Date(since)),
          sort: z.enum(['name', 'price']).optional(),
          page: z.coerce.number<string>(),
        }),
      },
      output: {
        schema: z.object({
          count: z.number().default(0),
          at: z.string().transform((at) => new Date(at)),
          names: z.array(z.string()).readonly(),
          price: z.number().nullable(),
        }),
      },
    },
    strict: {
      input: { schema: z.strictObject({ id: z.string() }) },
      output: { schema: z.looseObject({ id: z.string() }) },
    },
    nothing: { input: { schema: z.object({}) }, output: { schema: z.object({}) } },
    either: {
      input: {
        schema: z.discriminatedUnion('by', [
          z.object({ by: z.literal('id'), id: z.string() }),
          z.object({ by: z.literal('name'), name: z.string() }),
        ]),
      },
      output: { schema: z.record(z.string(), z.number()) },
    },
  },
  events: { sold: { schema: z.object({ amount: z.number().default(1) }) } },
  channels: {
    desk: {
      messages: { text: { schema: z.object({ text: z.string(), lines: z.number().default(1) }) } },
      message: { tags: { receipt: {} } },
      conversation: { tags: { desk: {}, floor: {} } },
    },
  },
  states: { cursor: { type: 'integration', schema: z.object({ position: z.number().default(0) }) } },
  user: { tags: { customer: {} } },
  secrets: { STORE_KEY: {}, STORE_SECRET: { optional: true } },
})
type Store = typeof store.$types
type Find = Store['actions']['find']

// A caller sends `input` and gets `output`; a handler gets `parsed` and gives `returned`.
expectTypeOf<Find['input']>().toEqualTypeOf<{
  text: string
  since: string
  page: string
  limit?: number | undefined
  sort?: 'name' | 'price' | undefined
}>()
expectTypeOf<Find['parsed']>().toEqualTypeOf<{
  text: string
  limit: number
  since: Date
  page: number
  sort?: 'name' | 'price' | undefined
}>()
expectTypeOf<Find['returned']>().toEqualTypeOf<{
  at: string
  names: readonly string[]
  price: number | null
  count?: number | undefined
}>()
expectTypeOf<Find['output']>().toEqualTypeOf<{
  count: number
  at: Date
  names: readonly string[]
  price: number | null
}>()
expectTypeOf<Find['item']>().toEqualTypeOf<never>()

// Strict and loose objects, unions and records are as zod says.
expectTypeOf<Store['actions']['strict']['input']>().toEqualTypeOf<{ id: string }>()
expectTypeOf<Store['actions']['strict']['output']>().toEqualTypeOf<{ [key: string]: unknown; id: string }>()
expectTypeOf<Store['actions']['either']['parsed']>().toEqualTypeOf<
  { by: 'id'; id: string } | { by: 'name'; name: string }
>()
expectTypeOf<Store['actions']['either']['output']>().toEqualTypeOf<Record<string, number>>()

// The names are exact.
expectTypeOf<Store['name']>().toEqualTypeOf<'store'>()
expectTypeOf<Store['version']>().toEqualTypeOf<'0.0.0-dev'>()
expectTypeOf<(typeof vendor.$types)['version']>().toEqualTypeOf<'1.0.0'>()
expectTypeOf<keyof Store['actions']>().toEqualTypeOf<'find' | 'strict' | 'nothing' | 'either'>()
expectTypeOf<keyof typeof store.actions>().toEqualTypeOf<'find' | 'strict' | 'nothing' | 'either'>()
expectTypeOf<keyof Store['events']>().toEqualTypeOf<'sold'>()
expectTypeOf<keyof Store['channels']>().toEqualTypeOf<'desk'>()
expectTypeOf<keyof Store['states']>().toEqualTypeOf<'cursor'>()
expectTypeOf<keyof Store['entities']>().toEqualTypeOf<'product'>()
expectTypeOf<keyof Store['secrets']>().toEqualTypeOf<'STORE_KEY' | 'STORE_SECRET'>()
expectTypeOf<Store['userTags']>().toEqualTypeOf<'customer'>()
expectTypeOf<Store['channels']['desk']['messageTags']>().toEqualTypeOf<'receipt'>()
expectTypeOf<Store['channels']['desk']['conversationTags']>().toEqualTypeOf<'desk' | 'floor'>()
expectTypeOf<keyof Store['configurations']>().toEqualTypeOf<'default' | 'local'>()

// Everything else has the two sides of its schema.
expectTypeOf<Store['events']['sold']['input']>().toEqualTypeOf<{ amount?: number | undefined }>()
expectTypeOf<Store['events']['sold']['parsed']>().toEqualTypeOf<{ amount: number }>()
expectTypeOf<Store['states']['cursor']['input']>().toEqualTypeOf<{ position?: number | undefined }>()
expectTypeOf<Store['states']['cursor']['parsed']>().toEqualTypeOf<{ position: number }>()
expectTypeOf<Store['channels']['desk']['messages']['text']['input']>().toEqualTypeOf<{
  text: string
  lines?: number | undefined
}>()
expectTypeOf<Store['channels']['desk']['messages']['text']['parsed']>().toEqualTypeOf<{ text: string; lines: number }>()
expectTypeOf<Store['configurations']['default']['input']>().toEqualTypeOf<{
  key: string
  region?: string | undefined
  retries?: string | undefined
}>()
expectTypeOf<Store['configurations']['default']['parsed']>().toEqualTypeOf<{
  key: string
  region: string
  retries?: number | undefined
}>()
expectTypeOf<Store['configurations']['local']['parsed']>().toEqualTypeOf<{ path: string }>()
expectTypeOf<Store['entities']['product']['parsed']>().toEqualTypeOf<{ id: string; tags: string[] }>()

// The data of a definition has its types attached.
expectTypeOf<z.output<typeof store.actions.find.input.schema>>().toEqualTypeOf<Find['parsed']>()
expectTypeOf<z.input<typeof store.actions.find.input.schema>>().toEqualTypeOf<Find['input']>()
expectTypeOf<z.output<typeof store.actions.find.output.schema>>().toEqualTypeOf<Find['output']>()
expectTypeOf<z.output<typeof store.events.sold.schema>>().toEqualTypeOf<{ amount: number }>()
expectTypeOf(store.name).toEqualTypeOf<'store'>()
expectTypeOf(store.actions.find.billable).toEqualTypeOf<boolean>()

// A definition that declares nothing has nothing.
const empty = new IntegrationDefinition({ name: 'empty' })
expectTypeOf<keyof typeof empty.actions>().toEqualTypeOf<never>()
expectTypeOf<keyof typeof empty.events>().toEqualTypeOf<never>()
expectTypeOf<keyof typeof empty.channels>().toEqualTypeOf<never>()
expectTypeOf<keyof (typeof empty.$types)['interfaces']>().toEqualTypeOf<never>()
expectTypeOf<keyof (typeof empty.$types)['secrets']>().toEqualTypeOf<never>()

// A plugin's members likewise.
type Assistant = typeof assistant.$types
expectTypeOf<Assistant['name']>().toEqualTypeOf<'assistant'>()
expectTypeOf<keyof Assistant['needs']>().toEqualTypeOf<'llm' | 'narrator'>()
expectTypeOf<Assistant['actions']['ask']['input']>().toEqualTypeOf<{ question: string; tries?: number | undefined }>()
expectTypeOf<Assistant['actions']['ask']['parsed']>().toEqualTypeOf<{ question: string; tries: number }>()
expectTypeOf<Assistant['actions']['ask']['returned']>().toEqualTypeOf<{ answer: string; sure?: boolean | undefined }>()
expectTypeOf<Assistant['actions']['ask']['output']>().toEqualTypeOf<{ answer: string; sure: boolean }>()
expectTypeOf<Assistant['events']['asked']['parsed']>().toEqualTypeOf<{ question: string; tries: number }>()
expectTypeOf<keyof Assistant['states']>().toEqualTypeOf<'last' | 'count'>()
expectTypeOf<keyof Assistant['secrets']>().toEqualTypeOf<'SEARCH_KEY'>()
const bare = new PluginDefinition({ name: 'bare' })
expectTypeOf<keyof (typeof bare.$types)['needs']>().toEqualTypeOf<never>()
expectTypeOf<(typeof bare.$types)['configuration']['input']>().toEqualTypeOf<{}>()
