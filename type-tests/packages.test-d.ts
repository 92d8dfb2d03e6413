import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { llm } from './fixtures/interfaces.ts'

// A definition says where its implementation is, and stays what it was: it can be installed, needed, and read.
const counter = new IntegrationDefinition({
  name: 'counter',
  version: '1.0.0',
  configuration: { schema: z.object({ step: z.number().default(1) }) },
  actions: { count: { input: { schema: z.object({}) }, output: { schema: z.object({ value: z.number() }) } } },
})
const counting = new IntegrationImplementation(counter, { actions: { count: async () => ({ value: 1 }) } })
const packaged = counter.implementedBy(async () => ({ default: counting }))
expectTypeOf(packaged).toEqualTypeOf<typeof counter & { readonly packaged: true }>()
expectTypeOf(packaged.actions).toEqualTypeOf<typeof counter.actions>()
expectTypeOf(packaged.name).toEqualTypeOf<'counter'>()
expectTypeOf(counting.definition).toEqualTypeOf<typeof counter | undefined>()
expectTypeOf<keyof typeof counting.handlers.actions>().toEqualTypeOf<'count'>()

// The same after an extension in a chain.
const model = new IntegrationDefinition({
  name: 'model',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
}).extend(llm, ({ entities }) => ({ entities: { model: entities.engine } }))
const answering = new IntegrationImplementation(model, {
  actions: {
    generate: async () => ({ model: { id: 'a' }, text: '' }),
    listModels: async () => ({ models: [] }),
  },
  channels: { console: { messages: { text: async () => {} } } },
})
const models = model.implementedBy(async () => ({ default: answering }))
expectTypeOf(models.$types).toEqualTypeOf<typeof model.$types>()

// A plugin likewise; with the handlers of its actions or without any.
const greeter = new PluginDefinition({ name: 'greeter', interfaces: { llm } })
const greeting = new PluginImplementation(greeter)
const greets = greeter.implementedBy(async () => ({ default: greeting }))
expectTypeOf(greets).toEqualTypeOf<typeof greeter & { readonly packaged: true }>()
expectTypeOf(greeting.definition).toEqualTypeOf<typeof greeter>()

// What is packaged is installed like what is not.
const bot = new BotDefinition()
  .addIntegration(packaged, { configuration: { step: 2 } })
  .addIntegration(models)
  .addPlugin(greets, { dependencies: { llm: 'model' } })
expectTypeOf<keyof (typeof bot.$types)['integrations']>().toEqualTypeOf<'counter' | 'model'>()
expectTypeOf<(typeof bot.$types)['integrations']['counter']>().toEqualTypeOf<typeof counter.$types>()
expectTypeOf<(typeof bot.$types)['plugins']['greeter']>().toEqualTypeOf<typeof greeter.$types>()
