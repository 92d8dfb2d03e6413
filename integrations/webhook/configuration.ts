import { z } from 'plugboard'

/** The bytes of a secret, as base64. */
const keyOf = (secret: string): string => secret.replace(/^whsec_/, '')

function isSecret(secret: string): boolean {
  const bytes = Buffer.from(keyOf(secret), 'base64')
  return bytes.toString('base64') === keyOf(secret) && bytes.length >= 24 && bytes.length <= 64
}

const secret = z.string().refine(isSecret, { error: 'a secret is `whsec_` and 24 to 64 bytes as base64' })

/** What an installation is told. */
export const settings = z
  .object({
    secret: secret.describe('What comes in must be signed by it, and what goes to the endpoint is.'),
    previousSecret: secret
      .optional()
      .describe('The secret before, while both sides change to another one: it is accepted, and signs too.'),
    endpointUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Where messages of the bot go, and what it sends without naming an address.'),
    endpointIsPrivate: z
      .boolean()
      .default(false)
      .describe('Whether the endpoint may be on this machine or in a network of its own. Default: false.'),
    urlSecret: secret
      .optional()
      .describe(
        'Signs what goes to any other address. Without it, nothing goes there. It must differ from the others.',
      ),
  })
  .refine(
    ({ secret, previousSecret, urlSecret }) =>
      urlSecret === undefined || [secret, previousSecret ?? ''].every((other) => keyOf(other) !== keyOf(urlSecret)),
    { path: ['urlSecret'], error: 'it is accepted here, so that a receiver could send back what it was sent' },
  )

/** The configuration, as handlers have it. */
export type Settings = z.output<typeof settings>

/** The secrets that both sides know. */
export function sharedSecrets({ secret, previousSecret }: Settings): readonly string[] {
  return previousSecret === undefined ? [secret] : [secret, previousSecret]
}
