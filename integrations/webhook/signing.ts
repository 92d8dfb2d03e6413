import type { WebhookRequest } from 'plugboard'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'

/** Whether a request was signed by one of the secrets, not more than five minutes ago or ahead. */
export function isSigned(secrets: readonly string[], { headers, rawBody }: WebhookRequest): boolean {
  const body = Buffer.from(rawBody)
  const given = {
    'webhook-id': headers['webhook-id'] ?? '',
    'webhook-timestamp': headers['webhook-timestamp'] ?? '',
    'webhook-signature': headers['webhook-signature'] ?? '',
  }
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, given, { jsonParse: false })
      return true
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false
      throw error
    }
  })
}

/** The headers of a body that is signed now. With several secrets it has several signatures, of which the receiver knows one. */
export function signedHeaders(secrets: readonly string[], id: string, body: string): Record<string, string> {
  const now = new Date()
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  }
}
