import { IntegrationDefinition, z } from 'plugboard'
import { modelPrices } from 'plugboard/ai-sdk'
import embeddings from 'plugboard/interfaces/embeddings'
import llm from 'plugboard/interfaces/llm'
import speechToText from 'plugboard/interfaces/speech-to-text'
import textToImage from 'plugboard/interfaces/text-to-image'

export default new IntegrationDefinition({
  name: 'openai',
  version: '0.1.0',
  title: 'OpenAI',
  description:
    'Language models, embeddings, speech to text and pictures of OpenAI; language models of every server that speaks its Chat Completions API.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      apiKey: z.string().min(1).describe('A secret key of the project. Servers that ask for none take any text.'),
      baseUrl: z
        .url({ protocol: /^https?$/ })
        .default('https://api.openai.com/v1')
        .describe('Where the API is; change it for a server that speaks the same API.'),
      defaultModel: z
        .string()
        .min(1)
        .default('gpt-6.1-terra')
        .describe('The id of the model for calls that name none.'),
      defaultEmbeddingModel: z
        .string()
        .min(1)
        .default('text-embedding-3-small')
        .describe('The id of the model that makes vectors, for calls that name none.'),
      defaultSpeechModel: z
        .string()
        .min(1)
        .default('gpt-4o-mini-transcribe')
        .describe('The id of the model that writes down speech, for calls that name none.'),
      defaultImageModel: z
        .string()
        .min(1)
        .default('gpt-image-2')
        .describe('The id of the model that draws, for calls that name none.'),
      prices: modelPrices,
    }),
  },
  entities: {
    /** Any model of the account, and not only those that `listLanguageModels` knows. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of OpenAI',
      // Without the service tier, which changes the price.
      schema: z.strictObject({
        /** How long a reasoning model thinks. Which values there are depends on the model. */
        reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
        /** How much the model says. */
        textVerbosity: z.enum(['low', 'medium', 'high']).optional(),
        /** Whether several tools may be called at once. Default: true. */
        parallelToolCalls: z.boolean().optional(),
        /** Calls with the same key are likelier to find one another's input in the cache. */
        promptCacheKey: z.string().optional(),
        /** Tells one user of the bot from another without naming them, for OpenAI to detect abuse. */
        safetyIdentifier: z.string().optional(),
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
  .extend(speechToText, ({ entities }) => ({
    entities: { speechModel: entities.model },
    capabilities: ['prompt', 'segments'],
  }))
  .extend(textToImage, ({ entities }) => ({ entities: { imageModel: entities.model }, capabilities: ['size'] }))
