import { IntegrationDefinition, z } from 'plugboard'
import { modelPrices } from 'plugboard/ai-sdk'
import llm from 'plugboard/interfaces/llm'
import speechToText from 'plugboard/interfaces/speech-to-text'

export default new IntegrationDefinition({
  name: 'groq',
  version: '0.1.0',
  title: 'Groq',
  description: 'Open language models and speech to text, run fast by Groq.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      apiKey: z.string().min(1).describe('A key of GroqCloud.'),
      baseUrl: z
        .url({ protocol: /^https?$/ })
        .default('https://api.groq.com/openai/v1')
        .describe('Where the API is; change it for a gateway that speaks the same API.'),
      defaultModel: z
        .string()
        .min(1)
        .default('openai/gpt-oss-120b')
        .describe('The id of the model for calls that name none.'),
      defaultSpeechModel: z
        .string()
        .min(1)
        .default('whisper-large-v3-turbo')
        .describe('The id of the model that writes down speech, for calls that name none.'),
      prices: modelPrices,
    }),
  },
  entities: {
    /** Any model of the vendor, and not only those that are listed. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of Groq',
      // Without the service tier, which changes how calls are refused.
      schema: z.strictObject({
        /** Whether several tools may be called at once. Default: true. */
        parallelToolCalls: z.boolean().optional(),
        /** How long the model thinks. Which values there are depends on the model. */
        reasoningEffort: z.enum(['none', 'default', 'low', 'medium', 'high']).optional(),
        /** Tells one user of the bot from another without naming them, for Groq to detect abuse. */
        user: z.string().optional(),
      }),
    },
  },
})
  .extend(llm, ({ entities }) => ({
    entities: { modelRef: entities.model, vendorOptions: entities.options },
    // None of the listed models sees pictures, and a capability is of the whole integration.
    capabilities: ['stream', 'tools', 'structuredOutput', 'reasoning'],
  }))
  .extend(speechToText, ({ entities }) => ({
    entities: { speechModel: entities.model },
    capabilities: ['prompt', 'segments'],
  }))
