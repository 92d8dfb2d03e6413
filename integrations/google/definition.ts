import { IntegrationDefinition, z } from 'plugboard'
import { modelPrices } from 'plugboard/ai-sdk'
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
      baseUrl: z
        .url({ protocol: /^https?$/ })
        .default('https://generativelanguage.googleapis.com/v1beta')
        .describe('Where the API is; change it for a gateway that speaks the same API.'),
      defaultModel: z
        .string()
        .min(1)
        .default('gemini-3.8-flash')
        .describe('The id of the model for calls that name none.'),
      defaultEmbeddingModel: z
        .string()
        .min(1)
        .default('gemini-embedding-2')
        .describe('The id of the model that makes vectors, for calls that name none.'),
      defaultImageModel: z
        .string()
        .min(1)
        .default('gemini-3.1-flash-image-preview')
        .describe('The id of the model that draws, for calls that name none.'),
      prices: modelPrices,
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
