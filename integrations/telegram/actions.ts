import { z } from 'plugboard'

const messageId = z.string().min(1).describe('The id of the message here: one of the bot, or one that came in.')
const done = { schema: z.object({}) }

/** What can be done in Telegram beside sending messages. */
export const actions = {
  react: {
    title: 'React',
    description: 'Sets the reaction of the bot to a message, in the place of the one before.',
    idempotent: true,
    input: {
      schema: z.object({
        messageId,
        /** One of those that Telegram allows, such as 👍. Default: takes the reaction away. */
        emoji: z.string().min(1).optional(),
      }),
    },
    output: done,
  },
  editMessage: {
    title: 'Edit message',
    description: 'Changes the text of a message that the bot has sent, or what stands below its picture or file.',
    idempotent: true,
    input: {
      schema: z.object({
        messageId,
        /** Markdown, at most 4096 characters once it is formatted, or 1024 below a picture. More parts than one are taken away. */
        markdown: z.string().min(1),
      }),
    },
    output: done,
  },
  deleteMessage: {
    title: 'Delete message',
    description: 'Takes a message away in Telegram, with all of its parts. The bot still has it.',
    idempotent: true,
    input: { schema: z.object({ messageId }) },
    output: done,
  },
  setCommands: {
    title: 'Set commands',
    description: 'Says which commands Telegram offers to people.',
    idempotent: true,
    input: {
      schema: z.object({
        commands: z
          .array(
            z.object({
              /** 1 to 32 small letters, digits and underscores. */
              command: z.string().regex(/^[a-z0-9_]{1,32}$/),
              description: z.string().min(1).max(256),
            }),
          )
          .max(100),
      }),
    },
    output: done,
  },
  callApi: {
    title: 'Call the Bot API',
    description: 'Calls any method of the Bot API, such as `sendPoll`, `pinChatMessage` or `answerPreCheckoutQuery`.',
    input: {
      schema: z.object({
        /** Not one by which Telegram is told where its updates go: that is the integration's. */
        method: z
          .string()
          .regex(/^[a-z][A-Za-z]{1,63}$/)
          .refine((name) => !own.has(name), 'how updates come is for the integration to say'),
        /** As the documentation of the Bot API has them. */
        parameters: z.record(z.string(), z.unknown()).default({}),
      }),
    },
    output: {
      schema: z.object({
        /** What Telegram gives. */
        result: z.unknown(),
      }),
    },
  },
}

const own: ReadonlySet<string> = new Set(['getUpdates', 'setWebhook', 'deleteWebhook', 'logOut', 'close'])
