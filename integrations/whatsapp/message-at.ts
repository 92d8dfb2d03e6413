import { PlugboardError } from 'plugboard'
import { recipientOf, type Recipient } from './place.ts'
import type { WhatsappProps } from './props.ts'

/** A message in WhatsApp, and whom it was written to or by. */
export interface Found {
  readonly id: string
  readonly to: Recipient
  readonly ownReaction: string | undefined
}

/**
 * What WhatsApp calls a message.
 * @param direction Demands that it came in.
 * @throws {PlugboardError} with the code `vendor_refused`, for one that is not there.
 */
export async function messageAt(
  { client, input }: WhatsappProps & { input: { conversationId: string; messageId: string } },
  direction?: 'incoming',
): Promise<Found> {
  const { conversationId, messageId } = input
  const { message } = await client.getMessage({ id: messageId })
  const refuse = (why: string): PlugboardError =>
    new PlugboardError({
      code: 'vendor_refused',
      message: `message '${messageId}' ${why}`,
      where: { path: 'messageId' },
    })
  if (message.conversationId !== conversationId) throw refuse(`is not in conversation '${conversationId}'`)
  if (direction !== undefined && message.direction !== direction) throw refuse('is one of the bot')
  const { id, ownReaction } = message.tags
  if (!id) throw refuse('is not in WhatsApp: it was not sent')
  const { conversation } = await client.getConversation({ id: conversationId })
  return { id, to: recipientOf(conversation.tags), ownReaction }
}
