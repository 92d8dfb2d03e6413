import { llm } from './interface.ts'
import { repeat } from './repeat.ts'

export const plugin = (count: number): string => `
  ${llm}
  ${repeat(
    count,
    (index) => `
      export const plugin${index} = new PluginDefinition({
        name: 'plugin-${index}',
        version: '1.0.0',
        interfaces: { llm },
        configuration: { schema: z.object({ persona${index}: z.string().optional() }) },
      })
    `,
  )}
`

export const consumer = (count: number): string => `
  ${llm}
  ${repeat(
    count,
    (index) => `
      const plugin${index} = new PluginDefinition({
        name: 'plugin-${index}',
        version: '1.0.0',
        interfaces: { llm },
        configuration: { schema: ({ entities }) => z.object({ model${index}: entities.llm.modelRef.optional() }) },
        actions: { ask: { input: { schema: z.object({ q${index}: z.string() }) }, output: { schema: z.object({ a${index}: z.string() }) } } },
        states: { last: { type: 'conversation', schema: ({ entities }) => z.object({ model${index}: entities.llm.modelRef }) } },
      })
      export const implementation${index} = new PluginImplementation(plugin${index}, {
        actions: {
          ask: async ({ input, interfaces, configuration }) => {
            const { text } = await interfaces.llm.generateContent({ model: configuration.model${index}, messages: [{ role: 'user', content: input.q${index} }] })
            return { a${index}: text }
          },
        },
      })
      implementation${index}.on.message('text', async ({ message, client, conversation, interfaces }) => {
        const { models } = await interfaces.llm.listLanguageModels({})
        const model = models[0]
        if (model) await client.setState({ name: 'last', id: conversation.id, payload: { model${index}: model } })
        await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: message.payload.text } })
      })
      implementation${index}.on.event('llm:done', async ({ event }) => { event.payload.model.id satisfies string })
    `,
  )}
`
