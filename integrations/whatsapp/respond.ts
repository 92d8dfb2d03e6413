import { createHash } from 'node:crypto'
import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import type { Signer } from './credentials.ts'
import { takeTold } from './incoming/take-told.ts'
import { type Told, toldIn } from './incoming/told.ts'
import type { RequestProps } from './props.ts'
import { isFromMeta, isVerifyToken } from './signatures.ts'

/** Whether a request comes from Meta, or from somebody who knows the token. */
export function isGenuine({ req, ...signer }: Signer & { req: WebhookRequest }): boolean {
  if (req.method !== 'GET') return isFromMeta(signer, req)
  return isVerifyToken(signer, new URLSearchParams(req.query).get('hub.verify_token') ?? '')
}

/** What tells one delivery from another: the message or status that it tells of. */
export function deliveryIdOf(req: WebhookRequest): string | undefined {
  const told = req.method === 'POST' && req.path === '/webhook' ? toldIn(req.body) : undefined
  if (!told) return undefined
  const ids = idsIn(told)
  if (ids.length === 1) return ids[0]
  // What has no id of its own comes again as it was.
  const content = ids.length === 0 ? req.rawBody : ids.join('\n')
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** Answers requests: what Meta tells and asks. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { method, path, query, body } = props.req
  if (path !== '/webhook') return { status: 404 }
  if (method === 'GET') return answerTo(new URLSearchParams(query))
  if (method !== 'POST') return { status: 405, headers: { allow: 'GET, POST' } }
  const told = toldIn(body)
  if (!told)
    throw new PlugboardError({
      code: 'request_invalid',
      message: 'the body is nothing that the WhatsApp Business Platform tells: it has no entry',
    })
  await takeTold(props, told)
  return { status: 200 }
}

/** Answers what Meta asks of an address when somebody enters it. That the token is right was looked at before. */
function answerTo(asked: URLSearchParams): WebhookResponse {
  const challenge = asked.get('hub.challenge')
  if (asked.get('hub.mode') !== 'subscribe' || challenge === null) return { status: 400 }
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: challenge,
  }
}

function idsIn(told: Told): string[] {
  return told.entry.flatMap(({ changes }) =>
    changes.flatMap(({ value }) => [
      ...(value.messages ?? []).map(({ id }) => id),
      ...(value.statuses ?? []).map(({ id, status }) => `${id}:${status}`),
    ]),
  )
}
