import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import { receivedIn } from './incoming/received.ts'
import { takeReceived } from './incoming/take-received.ts'
import type { RequestProps } from './props.ts'
import { isFromSlack, type Signer } from './signatures.ts'

/** Whether a request comes from Slack. */
export function isGenuine({ req, ...signer }: Signer & { req: WebhookRequest }): boolean {
  return isFromSlack(signer, req)
}

/** Answers requests: events, presses and commands. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { method, path } = props.req
  if (path !== '/webhook') return { status: 404 }
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
  const received = receivedIn(props.req)
  if (!received)
    throw new PlugboardError({
      code: 'request_invalid',
      message: 'the body is no event, interaction or slash command of Slack',
    })
  if (received.kind === 'challenge')
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: received.challenge }
  await takeReceived(props, received)
  return { status: 200 }
}
