import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
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
      baseUrl: vendorSettings.baseUrl('https://api.openai.com/v1'),
      defaultModel: vendorSettings.defaultModel('gpt-6.1-terra'),
      defaultEmbeddingModel: vendorSettings.defaultEmbeddingModel('text-embedding-3-small'),
      defaultSpeechModel: vendorSettings.defaultSpeechModel('gpt-4o-mini-transcribe'),
      defaultImageModel: vendorSettings.defaultImageModel('gpt-image-2'),
      prices: vendorSettings.prices,
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
