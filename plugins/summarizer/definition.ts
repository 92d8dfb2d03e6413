import { PluginDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

export default new PluginDefinition({
  name: 'summarizer',
  version: '0.1.0',
  title: 'Summarizer',
  description: 'Keeps a summary of each conversation, through any language model.',
  readme: 'README.md',
  interfaces: { llm },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** After how many messages, of both sides, the summary is brought up to date. 0: only when it is asked for. */
        every: z.number().int().nonnegative().default(20),
        /** A message by which people ask for the summary: "/summary". It is not heard by the rest of the bot. Default: none. */
        command: z.string().trim().min(1).optional(),
        /** What is answered to the command before anything was said. */
        nothingSaid: z.string().min(1).default('Nothing was said yet.'),
        /** What is answered to the command where the model fails. */
        failed: z.string().min(1).default('There is no summary at the moment.'),
        /** What the summary is to tell. */
        instructions: z
          .string()
          .min(1)
          .default(
            'Tell in at most ten sentences who wants what, what was found out, what was agreed and what is open.',
          ),
        /** How many characters of a conversation the model is given at once; a longer one is summarised piece by piece. */
        pieceLength: z.number().int().min(100).default(12_000),
        /** Which model. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
        /** The longest summary, in tokens. Default: the integration's. */
        maxTokens: z.number().int().positive().optional(),
      }),
  },
  actions: {
    summarize: {
      title: 'Summarise',
      description: 'Brings the summary of a conversation up to date, and gives it.',
      input: { schema: z.object({ conversationId: z.string().min(1) }) },
      output: {
        schema: z.object({
          /** Empty for a conversation without messages. */
          summary: z.string(),
          /** How many messages it covers. */
          messages: z.number().int().nonnegative(),
        }),
      },
    },
  },
  message: { tags: { summary: { title: 'Summary', description: 'Marks messages that tell a summary.' } } },
  states: {
    /** The summary so far. */
    summary: {
      type: 'conversation',
      schema: z.object({
        text: z.string(),
        messages: z.number(),
        /** The id of the latest message that it covers, and where the page begins on which that is. */
        upTo: z.string(),
        cursor: z.string().optional(),
      }),
    },
  },
})
