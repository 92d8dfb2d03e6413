import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { WebchatClient } from './endpoint.ts'
import { Refusal } from './refusal.ts'

const pattern = /^Bearer ([\w-]{1,100})\.([\w-]{43})$/i
const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Makes a visitor, and the token that proves to be this visitor: its id and 256 random bits, of which a digest is stored. */
export async function openSession(client: WebchatClient): Promise<{ token: string }> {
  const { user } = await client.getOrCreateUser({ tags: { id: randomUUID() } })
  const secret = randomBytes(32).toString('base64url')
  await client.setState({ name: 'session', id: user.id, payload: { digest: digestOf(secret) } })
  return { token: `${user.id}.${secret}` }
}

/**
 * The visitor, by the token in the header `authorization`.
 * @throws {Refusal} with 401, if it is no token that was given out.
 */
export async function visitorOf(client: WebchatClient, authorization: string | undefined): Promise<string> {
  const [, visitor, secret] = pattern.exec(authorization ?? '') ?? []
  if (visitor !== undefined && secret !== undefined) {
    const { state } = await client.getState({ name: 'session', id: visitor })
    if (state && timingSafeEqual(Buffer.from(digestOf(secret), 'hex'), Buffer.from(state.payload.digest, 'hex')))
      return visitor
  }
  throw new Refusal(
    401,
    'session_invalid',
    'this needs a token that POST session has given: Authorization: Bearer <token>',
    { 'www-authenticate': 'Bearer' },
  )
}

/** A visitor's token in a form that may be stored; undefined where there is none. */
export function tokenDigest(authorization: string | undefined): string | undefined {
  const [, visitor, secret] = pattern.exec(authorization ?? '') ?? []
  return secret === undefined ? undefined : digestOf(`${visitor}.${secret}`)
}
