import { createHash } from 'node:crypto'
import type { WebhookRequest } from 'plugboard'
import { placeOf } from './place.ts'
import { saidIn } from './said.ts'

/** What tells a deed from others: one that is done twice counts once. Whoever sends it has the key. */
export function deliveryIdOf({ method, path, body }: WebhookRequest): string | undefined {
  const place = placeOf(path)
  if (method !== 'POST' || place?.kind !== 'deed') return undefined
  const { id, deed } = place
  try {
    if (deed === 'end') return `${id}/end`
    if (deed === 'messages') return `${id}/messages/${saidIn(deed, body).clientMessageId}`
    return `${id}/take/${createHash('sha256').update(saidIn(deed, body).name).digest('hex')}`
  } catch {
    // What is wrong with it is answered, and nothing is done.
    return undefined
  }
}
