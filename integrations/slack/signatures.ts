import type { WebhookRequest } from 'plugboard'
import { verifySignature } from 'plugboard/security'
import type { SlackProps } from './props.ts'

/** What signatures are made with. */
export type Signer = Pick<SlackProps, 'configuration'>

/** Whether Slack has signed a request, within the last five minutes. */
export function isFromSlack({ configuration }: Signer, { headers, rawBody }: WebhookRequest): boolean {
  // Over a connection nothing comes here.
  if (!('signingSecret' in configuration)) return false
  const timestamp = headers['x-slack-request-timestamp']
  return verifySignature({
    secret: configuration.signingSecret,
    payload: ['v0:', timestamp ?? '', ':', rawBody],
    signature: headers['x-slack-signature'],
    prefix: 'v0=',
    timestamp,
  })
}
