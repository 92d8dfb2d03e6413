import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { z } from 'plugboard'
import type { WebchatClient, WebchatProps } from './endpoint.ts'
import { verifiedIdentity } from './identity.ts'
import { parsed, parsedJson } from './parsed.ts'
import { Refusal } from './refusal.ts'

const pattern = /^Bearer ([\w-]{1,100})\.([\w-]{43})$/i
const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
/** How many sessions a visitor may have at once; a further one ends the oldest. */
const mostSessions = 10

const body = z.object({ identity: z.string().max(4096).nullish() })

/** What a visitor is known by whom a site vouches for. */
export const knownAs = (id: string): string => `known:${id}`

/**
 * Begins a session: of the visitor whom the site vouches for, else of a new one. Gives the token that proves to be this visitor:
 * its id and 256 random bits, of which a digest is stored.
 */
export async function openSession({ client, req, configuration }: WebchatProps): Promise<{ token: string }> {
  const identity = req.body === undefined ? undefined : parsed(body, parsedJson(req.body), 'the body').identity
  const user = identity ? await knownUser(client, identity, configuration.identitySecret) : await newUser(client)
  const secret = randomBytes(32).toString('base64url')
  const { state } = await client.getState({ name: 'session', id: user.id })
  const digests = [...(state?.payload.digests ?? []), digestOf(secret)].slice(-mostSessions)
  await client.setState({ name: 'session', id: user.id, payload: { digests } })
  return { token: `${user.id}.${secret}` }
}

async function newUser(client: WebchatClient): Promise<{ id: string }> {
  const { user } = await client.getOrCreateUser({ tags: { id: randomUUID() } })
  return user
}

async function knownUser(client: WebchatClient, identity: string, secret: string | undefined): Promise<{ id: string }> {
  const { sub, name, picture } = verifiedIdentity(identity, secret, Date.now())
  const { user } = await client.getOrCreateUser({ tags: { id: knownAs(sub) } })
  const isNews = (name ?? user.name) !== user.name || (picture ?? user.pictureUrl) !== user.pictureUrl
  if (isNews)
    await client.updateUser({
      id: user.id,
      ...(name !== undefined && { name }),
      ...(picture && { pictureUrl: picture }),
    })
  return user
}

/** Ends a session: its token opens nothing any more. */
export async function closeSession(client: WebchatClient, authorization: string | undefined): Promise<void> {
  const visitor = await visitorOf(client, authorization)
  const [, , secret = ''] = pattern.exec(authorization ?? '') ?? []
  const { state } = await client.getState({ name: 'session', id: visitor })
  const digests = state?.payload.digests.filter((digest) => digest !== digestOf(secret)) ?? []
  await client.setState({ name: 'session', id: visitor, payload: { digests } })
}

/**
 * The visitor, by the token in the header `authorization`.
 * @throws {Refusal} with 401, if it is no token that was given out.
 */
export async function visitorOf(client: WebchatClient, authorization: string | undefined): Promise<string> {
  const [, visitor, secret] = pattern.exec(authorization ?? '') ?? []
  if (visitor !== undefined && secret !== undefined) {
    const { state } = await client.getState({ name: 'session', id: visitor })
    const given = Buffer.from(digestOf(secret), 'hex')
    if (state?.payload.digests.some((digest) => timingSafeEqual(given, Buffer.from(digest, 'hex')))) return visitor
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
