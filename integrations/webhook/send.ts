import { createHash } from 'node:crypto'
import { PlugboardError } from 'plugboard'
import { safeFetch } from 'plugboard/security'
import { sharedSecrets } from './configuration.ts'
import type { WebhookProps } from './props.ts'
import { refusal } from './refusal.ts'
import { signedHeaders } from './signing.ts'

/** What is sent. */
export interface Telling {
  /** Default: the configured endpoint. */
  readonly url?: string | undefined
  readonly type: string
  /** When it happened. */
  readonly timestamp: Date
  readonly data: unknown
}

/** Milliseconds that a receiver has. */
const longestCall = 20_000
const everything = ['0.0.0.0/0', '::/0']

/**
 * Sends a webhook, once: whoever called tries again, under the same id.
 * @throws {PlugboardError} with what the receiver made of it, unless that is a status from 200 to 299.
 */
export async function send(props: WebhookProps, telling: Telling): Promise<{ id: string; status: number }> {
  const { url, secrets, allow } = targetOf(props, telling)
  const { type, timestamp, data } = telling
  const id = idOf(props)
  const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data })
  const response = await safeFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders(secrets, id, body) },
    body,
    signal: props.signal,
    timeout: longestCall,
    redirect: 'manual',
    allow,
    // What was done is done, however long the answer is: no more of it is read than an error tells.
    limit: Number.POSITIVE_INFINITY,
  })
  if (!response.ok) throw await refusal(response)
  await response.body?.cancel()
  return { id, status: response.status }
}

/** Where it goes. What is for others is signed by a secret that is not accepted here, or they could send it back. */
function targetOf({ configuration }: WebhookProps, { url }: Telling) {
  const { endpointUrl, endpointIsPrivate, urlSecret } = configuration
  if (url !== undefined && url !== endpointUrl) {
    if (urlSecret === undefined) throw unset('urlSecret', 'what goes to an address other than the endpoint')
    return { url, secrets: [urlSecret], allow: [] }
  }
  if (endpointUrl === undefined) throw unset('endpointUrl', 'what is sent without an address')
  return { url: endpointUrl, secrets: sharedSecrets(configuration), allow: endpointIsPrivate ? everything : [] }
}

function unset(key: string, what: string): PlugboardError {
  return new PlugboardError({
    code: 'configuration_missing',
    message: `${what} needs '${key}' in the configuration`,
    where: { path: key },
  })
}

/** The same for every attempt, and for nothing else that anybody sends. */
function idOf({ ctx }: WebhookProps): string {
  const parts = JSON.stringify([ctx.botId, ctx.integrationId, ctx.idempotencyKey])
  return `msg_${createHash('sha256').update(parts).digest('hex').slice(0, 32)}`
}
