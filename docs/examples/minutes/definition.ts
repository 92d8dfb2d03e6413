import { PluginDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

export default new PluginDefinition({
  name: 'minutes',
  version: '0.1.0',
  title: 'Minutes',
  description: 'Keeps what people say, and sums it up through any language model.',
  interfaces: { llm },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** What people write to be sent a summary. */
        command: z.string().min(1).default('/minutes'),
        /** For how many days is kept what was said. */
        keepDays: z.number().int().positive().default(30),
        /** Which model. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
      }),
  },
  actions: {
    summarize: {
      description: 'Sums up what was said in this conversation.',
      input: { schema: z.object({}) },
      output: { schema: z.object({ summary: z.string() }) },
    },
  },
  events: {
    summarized: { schema: z.object({ summary: z.string() }) },
    tidyingDue: { schema: z.object({}) },
  },
  states: {
    latest: { type: 'conversation', schema: z.object({ summary: z.string() }), expiry: 7 * 86_400_000 },
  },
  tables: {
    lines: { schema: z.object({ conversationId: z.string(), text: z.string() }) },
  },
  recurringEvents: {
    tidying: { type: 'tidyingDue', payload: {}, schedule: { cron: '10 3 * * *' } },
  },
})
