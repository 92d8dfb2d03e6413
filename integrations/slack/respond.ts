import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import { requestedFile } from './file-address.ts'
import { giveFile } from './give-file.ts'
import { receivedIn } from './incoming/received.ts'
import { takeReceived } from './incoming/take-received.ts'
import type { RequestProps } from './props.ts'
import { isFileSigned, isFromSlack, type Signer } from './signatures.ts'

/** Whether a request comes from Slack, or the address of a file from this bot. */
export function isGenuine({ req, ...signer }: Signer & { req: WebhookRequest }): boolean {
  const wanted = requestedFile(req.path)
  return wanted ? isFileSigned(signer, wanted.parts, wanted.signature) : isFromSlack(signer, req)
}

/** Answers requests: events, presses and commands, and files that people have sent. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { method, path } = props.req
  if (requestedFile(path)) return method === 'GET' || method === 'HEAD' ? giveFile(props) : notAllowed('GET, HEAD')
  if (path !== '/webhook') return { status: 404 }
  if (method !== 'POST') return notAllowed('POST')
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

const notAllowed = (allow: string): WebhookResponse => ({ status: 405, headers: { allow } })
