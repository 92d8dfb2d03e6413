import { z } from 'plugboard'
import { messageOf } from './conversation.ts'
import { type Answer, done, type WebchatProps } from './endpoint.ts'
import { tell } from './heard.ts'
import { mark, marking, marksOf } from './marks.ts'
import { parsed, parsedJson } from './parsed.ts'
import { Refusal } from './refusal.ts'
import { visitorOf } from './session.ts'
import { id } from './take-message.ts'

const body = z.strictObject({ messageId: id, what: z.enum(['delivered', 'read']) })

/** `POST /receipts`: a message of the bot has reached the visitor, or was read. Told to the bot once. */
export async function takeReceipt({ req, client }: WebchatProps): Promise<Answer> {
  const userId = await visitorOf(client, req.headers['authorization'])
  const { messageId, what } = parsed(body, parsedJson(req.body), 'the body')
  const { message, conversation } = await messageOf(client, userId, messageId)
  if (message.direction === 'incoming')
    throw new Refusal(409, 'message_own', 'a visitor receives the messages of the bot, not those of their own')
  const { isDelivered, isRead } = marksOf(message.tags)
  if (what === 'read' ? isRead : isDelivered) return done
  const conversationId = conversation.id
  await mark(client, messageId, marking[what]())
  await client.createEvent({
    type: what === 'read' ? 'messageRead' : 'messageDelivered',
    payload: { conversationId, messageId },
    conversationId,
    userId,
    messageId,
  })
  if (what === 'delivered') return done
  if (conversation.tags['unread'] !== undefined)
    await client.updateConversation({ id: conversationId, tags: { unread: undefined } })
  await tell(client, conversation, { changed: messageId })
  return done
}
