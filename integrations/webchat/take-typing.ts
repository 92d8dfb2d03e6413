import { z } from 'plugboard'
import { conversationOf } from './conversation.ts'
import { type Answer, done, type WebchatProps } from './endpoint.ts'
import { parsed, parsedJson } from './parsed.ts'
import { visitorOf } from './session.ts'
import { conversationId } from './take-message.ts'

const body = z.strictObject({ typing: z.boolean(), conversationId })

/** `POST /typing`: the visitor is writing, or has stopped. As long as nothing was said there is nobody to be told. */
export async function takeTyping({ req, client }: WebchatProps): Promise<Answer> {
  const userId = await visitorOf(client, req.headers['authorization'])
  const { typing, conversationId: id } = parsed(body, parsedJson(req.body), 'the body')
  const conversation = await conversationOf(client, userId, id)
  if (conversation)
    await client.createEvent({
      type: 'visitorTyping',
      payload: { conversationId: conversation.id, userId, typing },
      conversationId: conversation.id,
      userId,
    })
  return done
}
