import { z } from 'plugboard'

/** Which repository it is, whoever asks for it. */
const place = {
  owner: z.string().min(1).max(100).describe('The person or organization that has the repository.'),
  repository: z.string().min(1).max(100).describe('The name of the repository, without its owner.'),
  webhookSecret: z
    .string()
    .min(1)
    .optional()
    .describe('By what webhooks are signed. Without it none is taken, and nothing is heard of what others do.'),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.github.com')
    .describe('Where the API is; of a server of one’s own, its address with `/api/v3` behind.'),
}

/** As a person, by a token. */
export const byToken = z.object({
  token: z.string().min(1).describe('A personal access token. What the bot does, its owner does.'),
  ...place,
})

/** As an app. */
export const byApp = z.object({
  appId: z.union([z.number().int().positive(), z.string().min(1)]).describe('The id of the app, or its client id.'),
  privateKey: z
    .string()
    .includes('PRIVATE KEY')
    .describe('The private key of the app, as the file has it; line ends may be written as `\\n`.'),
  installationId: z.coerce
    .number()
    .int()
    .positive()
    .describe('The number at the end of the address of its installation.'),
  ...place,
})

/** How an installation is configured. */
export type Settings = z.output<typeof byToken> | z.output<typeof byApp>
