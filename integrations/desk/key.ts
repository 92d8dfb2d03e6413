import { createHash, timingSafeEqual } from 'node:crypto'
import type { WebhookRequest } from 'plugboard'

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a request is for the page, which anybody may see, or comes from somebody who has the key. */
export function mayRead({ method, path, headers }: WebhookRequest, key: string): boolean {
  if (path === '/' && (method === 'GET' || method === 'HEAD')) return true
  const [, given] = /^Bearer (.{1,500})$/i.exec(headers['authorization'] ?? '') ?? []
  return given !== undefined && timingSafeEqual(digestOf(given), digestOf(key))
}
