import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
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
      baseUrl: vendorSettings.baseUrl('https://api.groq.com/openai/v1'),
      defaultModel: vendorSettings.defaultModel('openai/gpt-oss-120b'),
      defaultSpeechModel: vendorSettings.defaultSpeechModel('whisper-large-v3-turbo'),
      prices: vendorSettings.prices,
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
