import { PlugboardError } from 'plugboard'
import { partFrom } from '../outgoing/part-mark.ts'
import type { WhatsappProps } from '../props.ts'
import { conversationWith } from './people.ts'
import { problemIn } from './problem.ts'
import { takeUnknown } from './take-unknown.ts'
import type { ToldStatus } from './told.ts'

/** In the order in which they follow one another; they may come in another one. */
const stages = ['sent', 'delivered', 'read', 'played', 'failed'] as const
type Stage = (typeof stages)[number]

/** Tells what has become of a message of the bot, and keeps it with the message. */
export async function takeStatus(props: WhatsappProps, told: ToldStatus): Promise<void> {
  const { client, logger } = props
  const status = stages.find((stage) => stage === told.status)
  if (!status) return takeUnknown(props, 'statuses', told)
  const part = partFrom(told.biz_opaque_callback_data)
  const message = part && (await messageOf(props, part.messageId))
  const conversationId = message?.conversationId ?? (await placeOf(props, told))
  const place = {
    ...(conversationId !== undefined && { conversationId }),
    ...(message && { messageId: message.id }),
  }
  const [error] = told.errors ?? []
  const problem = status === 'failed' && error ? problemIn(error) : undefined
  if (status === 'failed') logger.warn('a message of the bot failed', { whatsappId: told.id, problem })
  await client.createEvent({
    type: 'statusChanged',
    payload: {
      messageId: told.id,
      status,
      ...timeIn(told),
      ...(problem && { problem }),
      ...(told.pricing?.category !== undefined && { category: told.pricing.category }),
    },
    ...place,
  })
  // A message that became several has arrived with the last of them; it has failed with any.
  if (!message || (!part?.isLast && status !== 'failed')) return
  const type = status === 'delivered' ? 'messageDelivered' : status === 'read' ? 'messageRead' : undefined
  const payload = { conversationId: message.conversationId, messageId: message.id }
  if (type) await client.createEvent({ type, payload, ...payload })
  if (isLater(status, message.tags['status'])) await client.updateMessage({ id: message.id, tags: { status } })
}

function isLater(status: Stage, before: string | undefined): boolean {
  return stages.indexOf(status) > stages.findIndex((stage) => stage === before)
}

async function messageOf({ client }: WhatsappProps, id: string) {
  try {
    return (await client.getMessage({ id })).message
  } catch (error) {
    // Another bot may have sent it, by the same number.
    if (PlugboardError.isInstance(error) && error.code === 'message_unknown') return undefined
    throw error
  }
}

async function placeOf({ client }: WhatsappProps, status: ToldStatus): Promise<string | undefined> {
  const { recipient_user_id: userId, recipient_id: phone } = status
  const byUserId = userId === undefined ? undefined : await conversationWith(client, { userId })
  const found = byUserId ?? (phone === undefined ? undefined : await conversationWith(client, { phone }))
  return found?.id
}

function timeIn({ timestamp }: ToldStatus): { timestamp?: string } {
  return timestamp !== undefined && /^\d{1,11}$/.test(timestamp)
    ? { timestamp: new Date(Number(timestamp) * 1000).toISOString() }
    : {}
}
