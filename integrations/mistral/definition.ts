import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'

export default new IntegrationDefinition({
  name: 'mistral',
  version: '0.1.0',
  title: 'Mistral',
  description: 'Language models and embeddings of Mistral AI.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      apiKey: z.string().min(1).describe('A key of the workspace.'),
      baseUrl: vendorSettings.baseUrl('https://api.mistral.ai/v1'),
      defaultModel: vendorSettings.defaultModel('mistral-medium-latest'),
      defaultEmbeddingModel: vendorSettings.defaultEmbeddingModel('mistral-embed'),
      prices: vendorSettings.prices,
    }),
  },
  entities: {
    /** Any model of the vendor, and not only those that are listed. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of Mistral',
      schema: z.strictObject({
        /** Whether Mistral puts its own safety prompt before the system prompt. Default: false. */
        safePrompt: z.boolean().optional(),
        /** Whether several tools may be called at once. Default: true. */
        parallelToolCalls: z.boolean().optional(),
        /** How long the model thinks. Which values there are depends on the model. */
        reasoningEffort: z.enum(['none', 'low', 'medium', 'high', 'max']).optional(),
        /** Calls with the same key are likelier to find one another's input in the cache. */
        promptCacheKey: z.string().optional(),
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
