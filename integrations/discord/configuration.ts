import { z } from 'plugboard'

/** What Discord's developer portal shows of an application, and how the bot is to behave. */
export const settings = z.object({
  /** Bot → Token. */
  botToken: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'a token is three parts with dots between them, as Bot → Reset Token gives it'),
  /** General Information → Public Key. What Discord sends is signed with the other half of it. */
  publicKey: z
    .string()
    .regex(/^[\da-f]{64}$/i, 'a public key is 64 hexadecimal digits, as General Information → Public Key shows it'),
  /** Where the API is. Default: Discord's, version 10. */
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://discord.com/api/v10'),
  /** Whether a slash command also comes as a text, beside the event. Default: true. */
  commandsAsMessages: z.boolean().default(true),
})

/** The configuration, as handlers have it. */
export type Settings = z.output<typeof settings>
