import { PluginDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

export default new PluginDefinition({
  name: 'assistant',
  version: '0.1.0',
  title: 'Assistant',
  description: 'Answers messages through any language model.',
  readme: 'README.md',
  interfaces: { llm },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** What the model is told about its task. */
        systemPrompt: z.string().min(1).default('You are a friendly assistant. Answer briefly.'),
        /** Which model. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
        /** How freely words are chosen, from 0 to 2. Default: the integration's. */
        temperature: z.number().min(0).max(2).optional(),
        /** The longest answer, in tokens. Default: the integration's. */
        maxTokens: z.number().int().positive().optional(),
        /** How many of the latest messages the model is given. */
        historyLength: z.number().int().positive().default(20),
        /** Options that only the bound integration has. */
        vendorOptions: entities.llm.vendorOptions.optional(),
      }),
  },
})
