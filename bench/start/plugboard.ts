import { BotDefinition, IntegrationDefinition, InterfaceDefinition, PluginDefinition, z } from 'plugboard'

// Declares and composes as many integrations and plugins as the arguments say, and prints what each step took, in milliseconds.
const [integrationCount = 0, pluginCount = 0] = process.argv.slice(2).map(Number)
const taken: Record<string, number> = {}

function step<T>(name: string, run: () => T): T {
  const start = performance.now()
  const result = run()
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

const integrations = step(`declare ${integrationCount} integrations that extend a two-action \`llm\``, () =>
  Array.from({ length: integrationCount }, (_, index) =>
    new IntegrationDefinition({
      name: `provider-${index}`,
      version: '1.0.0',
      configuration: { schema: z.object({ apiKey: z.string() }) },
      entities: { model: { schema: z.object({ id: z.string(), maxTokens: z.number() }) } },
    }).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model } })),
  ),
)

const plugins = step(`declare ${pluginCount} plugins that need it`, () =>
  Array.from(
    { length: pluginCount },
    (_, index) =>
      new PluginDefinition({
        name: `assistant-${index}`,
        version: '1.0.0',
        interfaces: { llm },
        configuration: { schema: z.object({ persona: z.string().optional() }) },
      }),
  ),
)

step('compose the bot', () => {
  const bot = new BotDefinition()
  integrations.forEach((integration, index) =>
    bot.addIntegration(integration, { alias: `provider${index}`, configuration: { apiKey: 'key' } }),
  )
  plugins.forEach((plugin, index) =>
    bot.addPlugin(plugin, { alias: `assistant${index}`, dependencies: { llm: `provider${index % integrationCount}` } }),
  )
  return bot
})

console.log(JSON.stringify(taken))
