import { z } from 'plugboard'
import { type Conversation, type Message, messageOf } from './conversation.ts'
import { type Answer, done, type WebchatProps } from './endpoint.ts'
import { tell } from './heard.ts'
import { mark, marking, marksOf } from './marks.ts'
import { parsed, parsedJson } from './parsed.ts'
import { Refusal } from './refusal.ts'
import { visitorOf } from './session.ts'
import { said } from './take-message.ts'

const body = z.strictObject({ text: said })

/** `PATCH /messages/<id>`: the visitor changes the text of a message of their own. */
export async function changeText({ req, client }: WebchatProps, messageId: string): Promise<Answer> {
  const userId = await visitorOf(client, req.headers['authorization'])
  const { text } = parsed(body, parsedJson(req.body), 'the body')
  const { message, conversation } = await ownMessage(client, userId, messageId)
  const { isDeleted, text: now = (message.payload as { text?: string }).text } = marksOf(message.tags)
  if (message.type !== 'text') throw new Refusal(409, 'message_no_text', 'what is no text cannot be edited')
  if (isDeleted) throw new Refusal(409, 'message_deleted', 'the message was deleted')
  if (now === text) return done
  const conversationId = conversation.id
  await mark(client, messageId, marking.edited(text))
  const payload = { conversationId, messageId, text }
  await client.createEvent({ type: 'messageEdited', payload, conversationId, userId, messageId })
  await tell(client, conversation, { changed: messageId })
  return done
}

/** `DELETE /messages/<id>`: the visitor deletes a message of their own. The bot still has it. */
export async function removeMessage({ req, client }: WebchatProps, messageId: string): Promise<Answer> {
  const userId = await visitorOf(client, req.headers['authorization'])
  const { message, conversation } = await ownMessage(client, userId, messageId)
  if (marksOf(message.tags).isDeleted) return done
  const conversationId = conversation.id
  await mark(client, messageId, marking.deleted())
  const payload = { conversationId, messageId }
  await client.createEvent({ type: 'messageDeleted', payload, conversationId, userId, messageId })
  await tell(client, conversation, { changed: messageId })
  return done
}

async function ownMessage(
  client: WebchatProps['client'],
  visitor: string,
  id: string,
): Promise<{ message: Message; conversation: Conversation }> {
  const found = await messageOf(client, visitor, id)
  if (found.message.direction === 'outgoing')
    throw new Refusal(409, 'message_not_own', 'a visitor changes messages of their own')
  return found
}
