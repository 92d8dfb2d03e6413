import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { PlugboardError } from '../../errors/index.ts'

/** A key of 256 bits. */
export type SealKey = Uint8Array

/** Where a sealed value stands: what is put into another place, another row or another field does not open there. */
export type Place = readonly [table: string, row: string, field: string]

/** Bytes of a nonce. Random ones of this length are for some four thousand million values by one key. */
const nonceLength = 12
const tagLength = 16
const version = 'v1'

/** A value, sealed by AES-256-GCM with a nonce of its own: `v1.<nonce>.<value and tag>`, in Base64 for URLs. */
export function seal(value: Uint8Array, key: SealKey, place: Place): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(bytesOf(place))
  const sealed = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()])
  return [version, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
}

/**
 * The value that was sealed.
 * @throws {PlugboardError} with the code `secret_unreadable`: by another key, for another place, or changed since.
 */
export function unseal(sealed: string, key: SealKey, place: Place): Buffer {
  const [given, nonce = '', rest = ''] = sealed.split('.')
  const bytes = Buffer.from(rest, 'base64url')
  try {
    if (given !== version) throw new TypeError(`the version '${given}' is not known`)
    const end = bytes.length - tagLength
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: tagLength })
    cipher.setAAD(bytesOf(place))
    cipher.setAuthTag(bytes.subarray(end))
    return Buffer.concat([cipher.update(bytes.subarray(0, end)), cipher.final()])
  } catch (cause) {
    throw new PlugboardError({
      code: 'secret_unreadable',
      message: `what is kept in ${place.join(' ')} cannot be opened: it was sealed by another key, for another place, or changed`,
      cause,
    })
  }
}

// JSON, so that no two places are written alike.
const bytesOf = (place: Place): Buffer => Buffer.from(JSON.stringify(place))
