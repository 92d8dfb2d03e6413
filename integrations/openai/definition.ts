import { IntegrationDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

export default new IntegrationDefinition({
  name: 'openai',
  version: '0.1.0',
  title: 'OpenAI',
  description: 'Language models of OpenAI, and of every server that speaks its Chat Completions API.',
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
}).extend(llm, ({ entities }) => ({
  entities: { modelRef: entities.model, vendorOptions: entities.options },
  capabilities: ['stream', 'tools', 'imageInput', 'structuredOutput', 'reasoning'],
}))
