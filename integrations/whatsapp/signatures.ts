import { createHash, timingSafeEqual } from 'node:crypto'
import type { WebhookRequest } from 'plugboard'
import { verifySignature } from 'plugboard/security'
import { credentialsOf, type Signer } from './credentials.ts'

/** Whether Meta has signed a request, byte by byte, with the secret of the app. */
export function isFromMeta(signer: Signer, { rawBody, headers }: WebhookRequest): boolean {
  const { appSecret } = credentialsOf(signer)
  return verifySignature({
    secret: appSecret,
    payload: rawBody,
    signature: headers['x-hub-signature-256'],
    prefix: 'sha256=',
  })
}

/**
 * Whether somebody who enters the address of the webhook knows the token. At the address that all numbers share, it has the id of
 * the number before it, so that the request finds the installation.
 */
export function isVerifyToken(signer: Signer, given: string): boolean {
  const { verifyToken } = credentialsOf(signer)
  const digest = digestOf(given)
  const isOwn = timingSafeEqual(digest, digestOf(verifyToken))
  const isShared = timingSafeEqual(digest, digestOf(`${signer.configuration.phoneNumberId}.${verifyToken}`))
  return isOwn || isShared
}

/** Of one length, whatever was given. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
