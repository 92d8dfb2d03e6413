import { PluginDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

const messageId = z.string().min(1)

export default new PluginDefinition({
  name: 'translator',
  version: '0.1.0',
  title: 'Translator',
  description: 'Lets a bot and the people it talks to each use their own language, through any language model.',
  readme: 'README.md',
  interfaces: { llm },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** What the bot reads and writes: "English". */
        botLanguage: z.string().min(1).default('English'),
        /** What people read and write. Default: found out from their messages, for each conversation. */
        userLanguage: z.string().min(1).optional(),
        /** Whether the bot is given what people write in its own language. */
        incoming: z.boolean().default(true),
        /** Whether people are given what the bot writes in theirs. */
        outgoing: z.boolean().default(true),
        /** Which model. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
        /** How many days what was translated is kept beside its translation. */
        keepDays: z.number().int().positive().default(30),
      }),
  },
  actions: {
    getTranslation: {
      title: 'Get translation',
      description: 'Gives the original of a message that was translated.',
      input: { schema: z.object({ messageId }) },
      output: {
        schema: z.object({
          /** Left out where the message was not translated, or longer ago than is kept. */
          translation: z
            .object({
              original: z.string(),
              translated: z.string(),
              /** The language of the original. */
              from: z.string(),
              /** The language of the translation. */
              to: z.string(),
            })
            .optional(),
        }),
      },
    },
  },
  states: {
    /** The language in which people last wrote. */
    language: { type: 'conversation', schema: z.object({ name: z.string() }) },
  },
  tables: {
    translations: {
      schema: z.object({ messageId, original: z.string(), translated: z.string(), from: z.string(), to: z.string() }),
    },
  },
  events: { tidyingDue: { schema: z.object({}) } },
  recurringEvents: { tidying: { type: 'tidyingDue', payload: {}, schedule: { cron: '10 3 * * *' } } },
})
