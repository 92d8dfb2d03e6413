import { createHmac } from 'node:crypto'
import type { WebhookRequest } from 'plugboard'
import { verifySignature } from 'plugboard/security'
import type { SlackProps } from './props.ts'

/** What signatures are made with. */
export type Signer = Pick<SlackProps, 'ctx' | 'configuration'>

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

/** Shows that the address of a file was given out by this bot. */
export function fileSignature(signer: Signer, parts: readonly string[]): string {
  return createHmac('sha256', secretOf(signer)).update(payloadOf(signer, parts)).digest('hex')
}

export function isFileSigned(signer: Signer, parts: readonly string[], signature: string | undefined): boolean {
  return verifySignature({ secret: secretOf(signer), payload: payloadOf(signer, parts), signature })
}

// What Slack signs begins otherwise, so that neither can be taken for the other.
const payloadOf = ({ ctx }: Signer, parts: readonly string[]): string =>
  JSON.stringify(['file', ctx.integrationId, ...parts])

const secretOf = ({ configuration }: Signer): string =>
  'signingSecret' in configuration ? configuration.signingSecret : configuration.appToken
