import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'plugboard'
import { Refusal } from './refusal.ts'

const header = z.object({ alg: z.literal('HS256') })
const printable = z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'take 1 to 200 characters that can be printed')
const claims = z.object({
  /** What the site calls the visitor. */
  sub: printable,
  /** Seconds since 1970 until which it may be used. */
  exp: z.number(),
  /** Seconds since 1970 from which on it may be used. Default: at once. */
  nbf: z.number().optional(),
  name: printable.optional(),
  picture: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
})

/** Whom a site vouches for. */
export type KnownVisitor = z.output<typeof claims>

/**
 * The visitor whom a site vouches for: a JSON Web Token, signed by HMAC with SHA-256.
 * @throws {Refusal} with 401, for one that the site has not signed, or not for now.
 */
export function verifiedIdentity(token: string, secret: string | undefined, now: number): KnownVisitor {
  if (secret === undefined)
    throw refusal('the chat is set up without identitySecret, so that nobody can be vouched for')
  const [head = '', body = '', signature = '', ...rest] = token.split('.')
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  const isSigned = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
  if (!isSigned || !header.safeParse(decoded(head)).success)
    throw refusal('it is not signed by HS256 with the identitySecret of the chat')
  const { data, error } = claims.safeParse(decoded(body))
  if (!data) throw refusal(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  if (data.exp * 1000 <= now) throw refusal('it has expired')
  if (data.nbf !== undefined && data.nbf * 1000 > now) throw refusal('it is not valid yet')
  return data
}

const refusal = (message: string): Refusal =>
  new Refusal(401, 'identity_invalid', `the identity is refused: ${message}`)

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}
