import { createPublicKey, verify } from 'node:crypto'
import type { WebhookRequest } from 'plugboard'

/** Seconds by which the time of a signature may differ from now. */
const tolerance = 300

/** Whether a request was signed by Discord (Ed25519) with the other half of the key, and lately. */
export function isFromDiscord(
  { headers, rawBody }: Pick<WebhookRequest, 'headers' | 'rawBody'>,
  publicKey: string,
): boolean {
  const signature = headers['x-signature-ed25519'] ?? ''
  const timestamp = headers['x-signature-timestamp'] ?? ''
  if (!/^[\da-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > tolerance) return false
  const x = Buffer.from(publicKey, 'hex').toString('base64url')
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.concat([Buffer.from(timestamp), rawBody]), key, Buffer.from(signature, 'hex'))
  } catch {
    // Not every number is a key.
    return false
  }
}
