import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'

export default new IntegrationDefinition({
  name: 'ollama',
  version: '0.1.0',
  title: 'Ollama',
  description: 'Language models and embeddings that Ollama runs, on this machine or another.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      baseUrl: vendorSettings.baseUrl('http://127.0.0.1:11434').describe('Where Ollama listens.'),
      apiKey: z.string().min(1).optional().describe('The key, where a proxy in front of Ollama asks for one.'),
      defaultModel: vendorSettings.defaultModel('gpt-oss:20b'),
      defaultEmbeddingModel: vendorSettings.defaultEmbeddingModel('embeddinggemma'),
      prices: vendorSettings.prices,
    }),
  },
  entities: {
    /** Any model of the vendor, and not only those that are listed. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of Ollama',
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
