import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import textToImage from 'plugboard/interfaces/text-to-image'

export default new IntegrationDefinition({
  name: 'google',
  version: '0.1.0',
  title: 'Google',
  description: 'The Gemini models of Google: language, embeddings and pictures.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      apiKey: z.string().min(1).describe('A key of a project in Google AI Studio.'),
      baseUrl: vendorSettings.baseUrl('https://generativelanguage.googleapis.com/v1beta'),
      defaultModel: vendorSettings.defaultModel('gemini-3.8-flash'),
      defaultEmbeddingModel: vendorSettings.defaultEmbeddingModel('gemini-embedding-2'),
      defaultImageModel: vendorSettings.defaultImageModel('gemini-3.1-flash-image-preview'),
      prices: vendorSettings.prices,
    }),
  },
  entities: {
    /** Any model of the vendor, and not only those that are listed. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of Google',
      // Without the service tier, which changes the price.
      schema: z.strictObject({
        /** How long the model thinks. Which values there are depends on the model. */
        thinkingConfig: z
          .strictObject({
            thinkingLevel: z.enum(['minimal', 'low', 'medium', 'high']).optional(),
            thinkingBudget: z.number().int().optional(),
          })
          .optional(),
        /** How closely pictures are looked at. */
        mediaResolution: z
          .enum(['MEDIA_RESOLUTION_LOW', 'MEDIA_RESOLUTION_MEDIUM', 'MEDIA_RESOLUTION_HIGH'])
          .optional(),
        /** From which probability on harmful content of every category is blocked. */
        threshold: z
          .enum(['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'])
          .optional(),
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
  .extend(textToImage, ({ entities }) => ({ entities: { imageModel: entities.model }, capabilities: ['aspectRatio'] }))
