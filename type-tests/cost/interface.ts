import { repeat } from './repeat.ts'

/** An interface like that of language models: an entity, two actions and an event. */
const members = `
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
  events: { done: { schema: ({ modelRef }) => z.object({ model: modelRef }) } },
`

/** A source that has the interface as `llm`. */
export const llm = `
  import { BotDefinition, IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, PluginDefinition, PluginImplementation, z } from 'plugboard'
  export const llm = new InterfaceDefinition({ name: 'llm', version: '1.0.0', ${members} })
`

export const declared = (count: number): string => `
  import { InterfaceDefinition, z } from 'plugboard'
  ${repeat(count, (index) => `export const interface${index} = new InterfaceDefinition({ name: 'interface-${index}', version: '1.0.0', ${members} })`)}
`

export const child = (count: number): string => `
  ${llm}
  ${repeat(
    count,
    (index) => `
      export const child${index} = new InterfaceDefinition({
        name: 'child-${index}',
        version: '1.0.0',
        entities: { model: { schema: z.object({ id: z.string(), size${index}: z.number() }) } },
      }).extend(llm, ({ entities }) => ({ entities: { modelRef: entities.model } }))
    `,
  )}
`
