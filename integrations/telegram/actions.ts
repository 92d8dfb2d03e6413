import { z } from 'plugboard'

const done = { schema: z.object({}) }

/** What can be done in Telegram beside sending messages. */
export const actions = {
  editMarkdown: {
    title: 'Edit with formats',
    description: 'Changes what a message says that the bot has sent, or what stands below its picture or file.',
    idempotent: true,
    input: {
      schema: z.object({
        /** The id of the message here. */
        messageId: z.string().min(1),
        markdown: z.string().min(1),
      }),
    },
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
