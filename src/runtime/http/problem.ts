import type { WebhookResponse } from '../../implementation/request.ts'

/** A response that says what is wrong, with its code. */
export function problem(status: number, code: string, message: string): WebhookResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: { code, message } }) }
}
