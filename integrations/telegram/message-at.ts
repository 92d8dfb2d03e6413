import { PlugboardError } from 'plugboard'
import { sentParts } from './outgoing/deliver.ts'
import { type Place, placeFrom } from './place.ts'
import type { TelegramProps } from './props.ts'

/** Which message, by its id here. */
interface Which {
  /** Where it must be. */
  readonly conversationId?: string
  readonly messageId: string
}

/**
 * Where a message is in Telegram, and what its parts are called there.
 * @throws {PlugboardError} with the code `vendor_refused`, for one that is not there.
 */
export async function messageAt({ client }: TelegramProps, { conversationId, messageId: id }: Which) {
  const { message } = await client.getMessage({ id })
  if (conversationId !== undefined && message.conversationId !== conversationId)
    throw refusal(`message '${id}' is not in conversation '${conversationId}'`)
  const { conversation } = await client.getConversation({ id: message.conversationId })
  const place: Place | undefined = placeFrom(conversation.tags['id'] ?? '')
  const ids = sentParts({ message })
  if (!place || ids.length === 0)
    throw refusal(`message '${id}' is not in Telegram: it was not sent, or is the press of a button`)
  return { message, conversation, place, ids }
}

/** The same, of a message that the bot has written: no other one can be changed. */
export async function ownMessageAt(props: TelegramProps, which: Which) {
  const found = await messageAt(props, which)
  if (found.message.direction === 'outgoing') return found
  throw refusal(`message '${which.messageId}' is not one of the bot`)
}

function refusal(message: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, where: { path: 'messageId' } })
}
