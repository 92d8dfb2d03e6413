import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import type { Update } from 'grammy/types'
import { takeUpdate } from './incoming/take-update.ts'
import type { RequestProps } from './props.ts'
import { isFromTelegram, type Signer } from './signatures.ts'

/** Whether an update comes from Telegram. */
export function isGenuine({ req, ...signer }: Signer & { req: WebhookRequest }): boolean {
  return isFromTelegram(signer, req.headers['x-telegram-bot-api-secret-token'])
}

/** What tells one update from another. */
export function deliveryIdOf(req: WebhookRequest): string | undefined {
  const update = req.path === '/webhook' ? updateIn(req) : undefined
  return update && deliveryOf(update)
}

/** The same however an update comes, so that one that comes both ways is taken once. */
export const deliveryOf = ({ update_id }: Pick<Update, 'update_id'>): string => `${update_id}`

/** Takes updates. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { method, path } = props.req
  if (path !== '/webhook') return { status: 404 }
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
  const update = updateIn(props.req)
  if (!update)
    throw new PlugboardError({
      code: 'request_invalid',
      message: 'the body is no update of the Bot API: it has no update_id',
    })
  await takeUpdate(props, update)
  return { status: 200 }
}

function updateIn({ body }: WebhookRequest): Update | undefined {
  try {
    const update: unknown = JSON.parse(body ?? '')
    return typeof update === 'object' &&
      update !== null &&
      'update_id' in update &&
      Number.isSafeInteger(update.update_id)
      ? (update as Update)
      : undefined
  } catch {
    return undefined
  }
}
