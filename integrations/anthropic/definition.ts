import { IntegrationDefinition, z } from 'plugboard'
import { vendorSettings } from 'plugboard/ai-sdk'
import llm from 'plugboard/interfaces/llm'

export default new IntegrationDefinition({
  name: 'anthropic',
  version: '0.1.0',
  title: 'Anthropic',
  description: 'Claude, the language models of Anthropic.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      apiKey: z.string().min(1).describe('A key of the workspace.'),
      baseUrl: vendorSettings.baseUrl('https://api.anthropic.com/v1'),
      defaultModel: vendorSettings.defaultModel('claude-sonnet-5-5'),
      prices: vendorSettings.prices,
    }),
  },
  entities: {
    /** Any model of the workspace, and not only those that `listLanguageModels` knows. */
    model: { title: 'Model', schema: z.object({ id: z.string().min(1) }) },
    options: {
      title: 'Options of Anthropic',
      // Without what changes the price: the fast mode, where the model runs, and how long the cache keeps. Without thinking
      // by a budget too: it wants its blocks back in the next request, and the interface does not carry them.
      schema: z.strictObject({
        /** How much the model spends on thinking, texts and calls. Which values there are depends on the model. */
        effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
        /** Whether the model thinks as long as it sees fit, or not at all. Some models cannot be kept from it. */
        thinking: z.strictObject({ type: z.enum(['adaptive', 'disabled']) }).optional(),
        /** Whether one tool at most is called in an answer. Default: false. */
        disableParallelToolUse: z.boolean().optional(),
        /** Keeps the input in the cache for five minutes. */
        cacheControl: z.strictObject({ type: z.literal('ephemeral') }).optional(),
        /** Tells one user of the bot from another without naming them, for Anthropic to detect abuse. */
        metadata: z.strictObject({ userId: z.string() }).optional(),
      }),
    },
  },
}).extend(llm, ({ entities }) => ({
  entities: { modelRef: entities.model, vendorOptions: entities.options },
  capabilities: ['stream', 'tools', 'imageInput', 'structuredOutput', 'reasoning'],
}))
