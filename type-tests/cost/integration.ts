import { llm } from './interface.ts'
import { repeat } from './repeat.ts'

/** An integration that extends the interface: its configuration, an entity and the mapping. */
export const provider = (index: number): string => `
  export const provider${index} = new IntegrationDefinition({
    name: 'provider-${index}',
    version: '1.0.0',
    configuration: { schema: z.object({ apiKey: z.string() }) },
    entities: { model: { schema: z.object({ id: z.enum(['large-${index}', 'small-${index}']), maxTokens: z.number() }) } },
  }).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model } }))
`

export const definition = (count: number): string => `${llm}\n${repeat(count, provider)}`

const implementation = (index: number): string => `
  export const implementation${index} = new IntegrationImplementation(provider${index}, {
    register: async () => {},
    unregister: async () => {},
    handler: async () => {},
    actions: {
      generateContent: async ({ input }) => {
        const id: 'large-${index}' | 'small-${index}' | undefined = input.model?.id
        const temperature: number = input.temperature
        return { text: \`\${input.messages[0]?.content} \${id} \${temperature}\`, usage: { in: 1 } }
      },
      listLanguageModels: async () => ({ models: [{ id: 'large-${index}', maxTokens: 1, name: 'Large' }] }),
    },
  })
`

export const handlers = (count: number): string => `
  ${llm}
  ${repeat(count, (index) => provider(index) + implementation(index))}
`

export const ownMembers = (count: number): string => `
  ${llm}
  ${repeat(
    count,
    (index) => `
      export const provider${index} = new IntegrationDefinition({
        name: 'provider-${index}',
        version: '1.0.0',
        entities: { model: { schema: z.object({ id: z.enum(['large-${index}', 'small-${index}']), maxTokens: z.number() }) } },
        actions: { ping: { input: { schema: z.object({ a${index}: z.string() }) }, output: { schema: z.object({ b${index}: z.number() }) } } },
        channels: { chat: { messages: { text: { schema: z.object({ text: z.string() }) } }, conversation: { tags: { chat${index}: {} } } } },
        states: { last: { type: 'conversation', schema: z.object({ at${index}: z.number() }) } },
      }).extend(llm, ({ entities }) => ({
        entities: { modelRef: entities.model },
        actions: { listLanguageModels: { name: 'listModels' } },
      }))
    `,
  )}
`
