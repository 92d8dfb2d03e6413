import { createHash, timingSafeEqual } from 'node:crypto'
import { PlugboardError } from '../../errors/index.ts'
import type { WebhookResponse } from '../../implementation/request.ts'
import { problem } from './problem.ts'

const shortestToken = 16

/**
 * Demands that an admin token, if there is one, cannot be guessed and can be sent in a header.
 * @throws {PlugboardError} with the code `admin_token_invalid`.
 */
export function demandAdminToken(token: string | undefined): void {
  if (token === undefined || token === '' || (token.length >= shortestToken && /^[!-~]+$/.test(token))) return
  throw new PlugboardError({
    code: 'admin_token_invalid',
    message: `the admin token, PLUGBOARD_ADMIN_TOKEN, is refused: it has ${shortestToken} or more letters, digits and signs of ASCII, without spaces. \`npm start -- secret key\` prints a new one`,
  })
}

/** What a request is answered that does not show the admin token as `Authorization: Bearer <token>`; undefined if it does. */
export function refuseWithoutToken(request: Request, token: string | undefined): WebhookResponse | undefined {
  if (token === undefined || token === '')
    return problem(
      401,
      'admin_unauthorized',
      'there is no admin token, so the admin endpoints are closed; set PLUGBOARD_ADMIN_TOKEN',
    )
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (given !== undefined && equal(given, token)) return undefined
  return {
    ...problem(401, 'admin_unauthorized', 'the endpoint needs the admin token: Authorization: Bearer <token>'),
    headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
  }
}

/** Compares in constant time, whatever the lengths. */
function equal(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
