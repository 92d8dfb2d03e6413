import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'

export default new IntegrationDefinition({
  name: 'openai-compatible',
  version: '0.1.0',
  title: 'OpenAI-compatible',
  description: 'Language models and embeddings of any server that speaks the API of OpenAI.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      baseUrl: z
        .url({ protocol: /^https?$/ })
        .describe('Where the API is, down to its version: what comes before `/chat/completions`.'),
      apiKey: z.string().min(1).optional().describe('The key, where the server asks for one.'),
      defaultModel: z.string().min(1).describe('The id of the model for calls that name none.'),
      defaultEmbeddingModel: vendorSettings.defaultEmbeddingModel('text-embedding'),
      prices: vendorSettings.prices,
    }),
  },
  entities: {
    /** Any model of the vendor, and not only those that are listed. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of OpenAI-compatible',
      schema: z.strictObject({
        /** How long a reasoning model thinks. Which values there are depends on the model and the server. */
        reasoningEffort: z.string().optional(),
        /** Tells one user of the bot from another without naming them. */
        user: z.string().optional(),
      }),
    },
  },
})
  .extend(llm, ({ entities }) => ({
    entities: { modelRef: entities.model, vendorOptions: entities.options },
    capabilities: ['stream', 'tools', 'imageInput', 'structuredOutput', 'reasoning'],
  }))
  .extend(embeddings, ({ entities }) => ({
    entities: { embeddingModel: entities.model },
    capabilities: ['dimensions'],
  }))
