import { createHmac, timingSafeEqual } from 'node:crypto'
import { PlugboardError } from '../errors/index.ts'
import { Secret } from './secret.ts'

/** How a request is signed, and what came. */
export interface SignatureCheck {
  /** The key that both sides have. Bytes where the platform gives it encoded; undefined where a secret that is optional is not set. */
  readonly secret: string | Uint8Array | Secret | undefined
  /** What is signed, byte by byte; parts stand one behind another: `['v0:', timestamp, ':', req.rawBody]`. */
  readonly payload: string | Uint8Array | readonly (string | Uint8Array)[]
  /** The signature that came, as its header has it; undefined where there was none. */
  readonly signature: string | undefined
  /** Default: `sha256`. */
  readonly algorithm?: 'sha1' | 'sha256' | 'sha512'
  /** Default: `hex`. `base64` takes the alphabet for URLs too. */
  readonly encoding?: 'hex' | 'base64'
  /** What stands before the signature, such as `sha256=`. Default: nothing. */
  readonly prefix?: string
  /** What stands between several signatures, of which one is enough: those with another prefix are left aside. Default: there is one. */
  readonly separator?: string
  /** When it was signed, in seconds since 1970, as its header has it; it must be part of what is signed. Without this key, time is not checked. */
  readonly timestamp?: string | number | undefined
  /** By how many seconds the timestamp may differ from now, either way. Default: 300. */
  readonly tolerance?: number
  /** Milliseconds since 1970. Default: now. */
  readonly now?: number
}

/**
 * Whether a request was signed (HMAC) by whoever has the secret, and lately. Signatures are compared in constant time.
 * For `webhook.verify` of an integration; whatever is wrong with what came gives false.
 * @throws {PlugboardError} with the code `secret_missing`, if the secret is not set, or empty: everybody could sign.
 */
export function verifySignature(check: SignatureCheck): boolean {
  const { payload, signature, algorithm = 'sha256', encoding = 'hex', prefix = '', separator } = check
  const secret = check.secret instanceof Secret ? check.secret.reveal() : check.secret
  if (secret === undefined || secret.length === 0)
    throw new PlugboardError({ code: 'secret_missing', message: 'the secret of a signature is not set, or empty' })
  const hmac = createHmac(algorithm, secret)
  for (const part of typeof payload === 'string' || payload instanceof Uint8Array ? [payload] : payload)
    hmac.update(part)
  const expected = hmac.digest()
  const given =
    separator === undefined ? [signature ?? ''] : (signature ?? '').split(separator).slice(0, mostSignatures)
  let matches = false
  for (const text of given) {
    const digest = text.startsWith(prefix) ? digestFrom(text.slice(prefix.length), encoding) : undefined
    if (digest?.length === expected.length && timingSafeEqual(digest, expected)) matches = true
  }
  return matches && isRecent(check)
}

/** Whoever rotates a secret signs with two; a header full of guesses is not gone through. */
const mostSignatures = 10

/** Node leaves out what is no digit, so that it must be looked at before. */
function digestFrom(text: string, encoding: 'hex' | 'base64'): Buffer | undefined {
  const shape = encoding === 'hex' ? /^(?:[\da-f]{2})+$/i : /^[\w+/-]+={0,2}$/
  return shape.test(text) ? Buffer.from(text, encoding) : undefined
}

function isRecent(check: SignatureCheck): boolean {
  if (!('timestamp' in check)) return true
  const { timestamp, tolerance = 300, now = Date.now() } = check
  if (timestamp === undefined || !/^\d{1,15}$/.test(String(timestamp))) return false
  return Math.abs(now / 1000 - Number(timestamp)) <= tolerance
}
