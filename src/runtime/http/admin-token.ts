import { createHash, timingSafeEqual } from 'node:crypto'
import type { WebhookResponse } from '../../implementation/request.ts'
import { problem } from '../bot/webhooks.ts'

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
