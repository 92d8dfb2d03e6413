import { ownAction, renaming } from './own-action.ts'
import { range, type SourceWriter, type Sources } from './scenario.ts'

/** The work in Plugboard. Nothing is generated: the types of the handlers come from the definition. */
export const plugboardSources: SourceWriter = (scenario, count) => {
  const sources: Sources = { 'llm.ts': llm }
  for (const index of range(count)) {
    sources[`provider-${index}/definition.ts`] = definition(index, scenario === 'renamed')
    if (scenario === 'handlers') sources[`provider-${index}/implementation.ts`] = implementation(index)
  }
  if (scenario === 'bot') {
    sources['assistant.ts'] = assistant
    sources['bot.ts'] = bot(count)
  }
  return sources
}

const llm = `import { InterfaceDefinition, z } from 'plugboard'

export default new InterfaceDefinition({
  name: 'llm',
  version: '1.0.0',
  entities: { modelRef: { schema: z.object({ id: z.string() }) } },
  actions: {
    generateContent: {
      billable: true,
      input: {
        schema: ({ modelRef }) =>
          z.object({
            model: modelRef.optional(),
            messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
            temperature: z.number().default(1),
          }),
      },
      output: { schema: () => z.object({ text: z.string(), usage: z.object({ in: z.number() }) }) },
    },
    listLanguageModels: {
      input: { schema: () => z.object({}) },
      output: {
        schema: ({ modelRef }) => z.object({ models: z.array(z.intersection(z.object({ name: z.string() }), modelRef)) }),
      },
    },
  },
})
`

const definition = (index: number, renamed: boolean) => `import { IntegrationDefinition, z } from 'plugboard'
import llm from '../llm.ts'

export default new IntegrationDefinition({
  name: 'provider-${index}',
  version: '1.0.0',
  configuration: { schema: z.object({ apiKey: z.string() }) },
  entities: { model: { schema: z.object({ id: z.enum(['large-${index}', 'small-${index}']), maxTokens: z.number() }) } },${renamed ? ownAction(index) : ''}
}).extend(llm, ({ entities }) => ({
  entities: { modelRef: entities.model },${renamed ? renaming : ''}
}))
`

const implementation = (index: number) => `import { IntegrationImplementation } from 'plugboard'
import definition from './definition.ts'

export default new IntegrationImplementation(definition, {
  register: async () => {},
  unregister: async () => {},
  handler: async () => {},
  actions: {
    generateContent: async ({ input }) => {
      const id: 'large-${index}' | 'small-${index}' | undefined = input.model?.id
      const temperature: number = input.temperature
      return { text: \`\${input.messages[0]!.content} \${id} \${temperature}\`, usage: { in: 1 } }
    },
    listLanguageModels: async () => ({ models: [{ id: 'large-${index}', maxTokens: 1, name: 'Large' }] }),
  },
})
`

const assistant = `import { PluginDefinition, z } from 'plugboard'
import llm from './llm.ts'

export default new PluginDefinition({
  name: 'assistant',
  version: '1.0.0',
  interfaces: { llm },
  configuration: { schema: z.object({ persona: z.string().optional() }) },
})
`

const bot = (count: number) => `import { BotDefinition } from 'plugboard'
import assistant from './assistant.ts'
${range(count)
  .map((index) => `import provider${index} from './provider-${index}/definition.ts'`)
  .join('\n')}

export default new BotDefinition({})
${range(count)
  .map(
    (index) => `  .addIntegration(provider${index}, { alias: 'provider${index}', configuration: { apiKey: 'key' } })`,
  )
  .join('\n')}
  .addPlugin(assistant, { dependencies: { llm: 'provider0' } })
`
