import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, InterfaceDefinition, PluginDefinition, PluginImplementation, z } from 'plugboard'
import type { plain } from './fixtures/integrations.ts'
import { llm } from './fixtures/interfaces.ts'

const own = new IntegrationDefinition({
  name: 'own',
  entities: {
    engine: { schema: z.object({ id: z.string() }) },
    tuning: { schema: z.object({ topK: z.number().optional() }) },
  },
})

// One that is mapped is the own entity; one that is not is as the interface declares it.
const tuned = own.extend(llm, ({ entities }) => ({ entities: { model: entities.engine, options: entities.tuning } }))
expectTypeOf<(typeof tuned.$types)['actions']['generate']['parsed']['options']>().toEqualTypeOf<
  { topK?: number | undefined } | undefined
>()
expectTypeOf<(typeof plain.$types)['actions']['generate']['parsed']['options']>().toEqualTypeOf<{} | undefined>()
expectTypeOf<keyof (typeof tuned.$types)['interfaces']['llm']['llm']['entities']>().toEqualTypeOf<'model' | 'options'>()

// Where all of them are optional, no mapping is asked for.
const settings = new InterfaceDefinition({
  name: 'settings',
  entities: { theme: { schema: z.object({ name: z.string() }), optional: true } },
  actions: {
    apply: { input: { schema: ({ theme }) => z.object({ theme }) }, output: { schema: () => z.object({}) } },
  },
})
const unmapped = new IntegrationDefinition({ name: 'unmapped' }).extend(settings)
expectTypeOf<(typeof unmapped.$types)['actions']['apply']['parsed']>().toEqualTypeOf<{ theme: { name: string } }>()
const empty = new IntegrationDefinition({ name: 'empty' }).extend(settings, () => ({ entities: {} }))
expectTypeOf<(typeof empty.$types)['actions']['apply']['parsed']>().toEqualTypeOf<{ theme: { name: string } }>()

// To a plugin an optional entity is as opaque as any other.
const plugin = new PluginImplementation(new PluginDefinition({ name: 'tuner', interfaces: { llm } }))
plugin.on.message('text', async ({ interfaces }) => {
  const options = interfaces.llm.entities.options.parse({ topK: 1 })
  expectTypeOf(interfaces.llm.generate).toBeCallableWith({ prompt: 'a', options })
  expectTypeOf<keyof typeof interfaces.llm.entities>().toEqualTypeOf<'model' | 'options'>()
})
