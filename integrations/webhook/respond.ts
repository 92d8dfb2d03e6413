import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import { type Settings, sharedSecrets } from './configuration.ts'
import type { RequestProps } from './props.ts'
import { isSigned } from './signing.ts'
import { messageCreated, messageIn, type ToldMessage } from './told-message.ts'

/** What stands in the body of a webhook. */
interface Told {
  readonly type: string | undefined
  readonly timestamp: string
  readonly data: unknown
}

/** Whether whoever sends a request knows a secret. */
export function isGenuine({ req, configuration }: { req: WebhookRequest; configuration: Settings }): boolean {
  return isSigned(sharedSecrets(configuration), req)
}

/** What tells one delivery from another. */
export function deliveryIdOf({ headers }: WebhookRequest): string | undefined {
  return headers['webhook-id']
}

/** Answers requests: webhooks, each of which becomes an event or a message. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { req, client } = props
  if (req.path !== '/webhook') return { status: 404 }
  if (req.method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
  const told = toldIn(req)
  // The headers are there: without them it would not be genuine.
  const id = req.headers['webhook-id'] as string
  const message = told.type === messageCreated ? messageIn(told.data) : undefined
  if (message) await takeMessage(props, message, id)
  else await client.createEvent({ type: 'received', payload: { id, ...told } })
  return { status: 200 }
}

/** @throws {PlugboardError} with the code `request_invalid`. */
function toldIn({ body, headers }: WebhookRequest): Told {
  let value: unknown
  try {
    value = JSON.parse(body ?? '')
  } catch {}
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PlugboardError({ code: 'request_invalid', message: 'the body of the webhook is no JSON object' })
  const { type, timestamp, data = value } = value as { type?: unknown; timestamp?: unknown; data?: unknown }
  const happened = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
  const sent = Number.parseInt(headers['webhook-timestamp'] as string, 10) * 1000
  return {
    type: typeof type === 'string' ? type : undefined,
    timestamp: new Date(Number.isNaN(happened) ? sent : happened).toISOString(),
    data,
  }
}

async function takeMessage({ client }: RequestProps, message: ToldMessage, deliveryId: string): Promise<void> {
  const { conversationId, userId, userName: name, messageId = deliveryId, type, payload } = message
  const { conversation } = await client.getOrCreateConversation({
    channel: 'conversation',
    tags: { id: conversationId },
  })
  const { user } = await client.getOrCreateUser({ tags: { id: userId }, ...(name !== undefined && { name }) })
  if (name !== undefined && user.name !== name) await client.updateUser({ id: user.id, name })
  await client.createMessage({
    conversationId: conversation.id,
    userId: user.id,
    type,
    payload: payload as never,
    tags: { id: messageId },
  })
}
