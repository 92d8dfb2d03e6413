import { z } from 'plugboard'

const snowflake = z.string().regex(/^\d{1,20}$/)
const name = z.string().min(1).max(32)

/** What can be done in Discord beside sending messages. */
export const actions = {
  react: {
    title: 'React',
    description: 'Reacts to a message, or takes a reaction of the bot back.',
    idempotent: true,
    input: {
      schema: z.object({
        /** The id of the message here. */
        messageId: z.string().min(1),
        /** Such as 👍; one of a server as `name:id`. */
        emoji: z.string().min(1),
        /** Whether the reaction is taken back. Default: false. */
        isGone: z.boolean().optional(),
      }),
    },
    output: { schema: z.object({}) },
  },
  createThread: {
    title: 'Create thread',
    description: 'Begins a thread in a channel: of a message, of which there is one, or by itself.',
    input: {
      schema: z.object({
        conversationId: z.string().min(1),
        name: z.string().min(1).max(100),
        /** The id here of the message that begins it. Default: none. */
        messageId: z.string().min(1).optional(),
        /** Minutes without a message after which the thread is put away. Default: the channel's. */
        archiveAfter: z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)]).optional(),
      }),
    },
    output: { schema: z.object({ conversationId: z.string() }) },
  },
  registerCommands: {
    title: 'Register commands',
    description: 'Says which commands Discord offers to people, in the place of those before.',
    idempotent: true,
    input: {
      schema: z.object({
        commands: z
          .array(
            z.object({
              name,
              /** Of a slash command; one in a menu has none. */
              description: z.string().max(100).optional(),
              /** Default: `slash`. */
              kind: z.enum(['slash', 'user', 'message']).optional(),
              options: z
                .array(
                  z.object({
                    name,
                    description: z.string().min(1).max(100),
                    /** Default: `text`. */
                    type: z
                      .enum(['text', 'integer', 'number', 'boolean', 'person', 'channel', 'role', 'file'])
                      .optional(),
                    /** Default: false. Those that are required stand first. */
                    isRequired: z.boolean().optional(),
                    choices: z
                      .array(z.object({ name: z.string().min(1).max(100), value: z.union([z.string(), z.number()]) }))
                      .max(25)
                      .optional(),
                  }),
                )
                .max(25)
                .optional(),
            }),
          )
          .max(110),
        /** The server that has them alone, at once. Default: they are everywhere. */
        guildId: snowflake.optional(),
      }),
    },
    output: { schema: z.object({}) },
  },
}
