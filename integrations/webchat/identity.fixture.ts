import { createHmac } from 'node:crypto'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What a site signs of its visitor: valid for an hour, unless the claims say otherwise. */
export function identityFor(claims: object, secret: string, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const text = `${part(header)}.${part({ exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
