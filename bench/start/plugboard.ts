import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'

// Declares, composes and starts as many integrations and plugins as the arguments say, and prints what each step took, in milliseconds.
const [integrationCount = 0, pluginCount = 0] = process.argv.slice(2).map(Number)
const taken: Record<string, number> = {}

async function step<T>(name: string, run: () => T): Promise<Awaited<T>> {
  const start = performance.now()
  const result = await run()
  taken[name] = performance.now() - start
  return result
}

const llm = new InterfaceDefinition({
  name: 'llm',
  version: '1.0.0',
  entities: { modelRef: { schema: z.object({ id: z.string() }) } },
  actions: {
    generateContent: {
      input: {
        schema: ({ modelRef }) =>
          z.object({
            model: modelRef.optional(),
            messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
          }),
      },
      output: { schema: () => z.object({ text: z.string() }) },
    },
    listLanguageModels: {
      input: { schema: () => z.object({}) },
      output: { schema: ({ modelRef }) => z.object({ models: z.array(modelRef) }) },
    },
  },
})

function integration(index: number) {
  const definition = new IntegrationDefinition({
    name: `provider-${index}`,
    version: '1.0.0',
    configuration: { schema: z.object({ apiKey: z.string() }) },
    entities: { model: { schema: z.object({ id: z.string(), maxTokens: z.number() }) } },
  }).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model } }))
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        generateContent: async () => ({ text: 'Hello.' }),
        listLanguageModels: async () => ({ models: [] }),
      },
    }),
  }))
}

function plugin(index: number) {
  const definition = new PluginDefinition({
    name: `assistant-${index}`,
    version: '1.0.0',
    interfaces: { llm },
    configuration: { schema: z.object({ persona: z.string().optional() }) },
  })
  return definition.implementedBy(async () => ({ default: new PluginImplementation(definition) }))
}

const integrations = await step(`declare ${integrationCount} integrations that extend a two-action \`llm\``, () =>
  Array.from({ length: integrationCount }, (_, index) => integration(index)),
)
const plugins = await step(`declare ${pluginCount} plugins that need it`, () =>
  Array.from({ length: pluginCount }, (_, index) => plugin(index)),
)
const bot = await step('compose the bot', () => {
  const composed = new BotDefinition()
  integrations.forEach((each, index) =>
    composed.addIntegration(each, { alias: `provider${index}`, configuration: { apiKey: 'key' } }),
  )
  plugins.forEach((each, index) =>
    composed.addPlugin(each, {
      alias: `assistant${index}`,
      dependencies: { llm: `provider${index % integrationCount}` },
    }),
  )
  return composed
})
const running = await step('start it: load, configure, bind', () => startBot(bot, { environment: {} }))
await running.stop()

console.log(JSON.stringify(taken))
