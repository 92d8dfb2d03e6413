import { z } from 'plugboard'

const common = {
  /** Bot → Token. */
  botToken: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'a token is three parts with dots between them, as Bot → Reset Token gives it'),
  /** Where the API is. Default: Discord's, version 10. */
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://discord.com/api/v10'),
  /** Whether a slash command also comes as a text, beside the event. Default: true. */
  commandsAsMessages: z.boolean().default(true),
}

/** What Discord's developer portal shows of an application whose interactions come to an endpoint. */
export const byEndpoint = z.object({
  ...common,
  /** General Information → Public Key. What Discord sends is signed with the other half of it. */
  publicKey: z
    .string()
    .regex(/^[\da-f]{64}$/i, 'a public key is 64 hexadecimal digits, as General Information → Public Key shows it'),
})

/** The same of one that keeps a connection open. */
export const byGateway = z.object({
  ...common,
  /** Whether what people write is read where the bot is not named: it needs Bot → Message Content Intent. Default: true. */
  readMessages: z.boolean().default(true),
})

export type GatewaySettings = z.output<typeof byGateway>
/** The configuration, as handlers have it. */
export type Settings = z.output<typeof byEndpoint> | GatewaySettings
