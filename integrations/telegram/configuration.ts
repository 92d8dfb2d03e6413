import { z } from 'plugboard'

/** What every way to reach Telegram needs. */
export const settings = {
  /** What @BotFather gives. Everything that is sent and received is signed with it or derived from it. */
  botToken: z.string().regex(/^\d+:[\w-]+$/, 'a token is a number, a colon and letters, as @BotFather gives it'),
  /** Where the Bot API is: of a server of one's own, if there is one. Default: Telegram's. */
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  /** Whether the files that people send are kept among the bot's. Default: true; else they are read from Telegram. */
  keepFiles: z.boolean().default(true),
  /** Whether a command such as `/start` also comes as a text, beside the event. Default: true. */
  commandsAsMessages: z.boolean().default(true),
}

/** The configuration, as handlers have it. */
export type Settings = z.output<z.ZodObject<typeof settings>>
