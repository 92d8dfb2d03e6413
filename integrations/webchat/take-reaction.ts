import { z } from 'plugboard'
import { messageOf } from './conversation.ts'
import { type Answer, done, type WebchatProps } from './endpoint.ts'
import { tell } from './heard.ts'
import { mark, marking, marksOf } from './marks.ts'
import { parsed, parsedJson } from './parsed.ts'
import { Refusal } from './refusal.ts'
import { visitorOf } from './session.ts'

const body = z.strictObject({ reaction: z.emoji().max(50), given: z.boolean().default(true) })
/** How many different ones a visitor may give a message. */
const most = 20

/** `POST /messages/<id>/reactions`: the visitor reacts to a message, or takes it back. */
export async function takeReaction({ req, client }: WebchatProps, messageId: string): Promise<Answer> {
  const userId = await visitorOf(client, req.headers['authorization'])
  const { reaction, given } = parsed(body, parsedJson(req.body), 'the body')
  const { message, conversation } = await messageOf(client, userId, messageId)
  const { isDeleted, reactions } = marksOf(message.tags)
  if (isDeleted) throw new Refusal(409, 'message_deleted', 'the message was deleted')
  const own = reactions.filter(({ from }) => from === 'visitor')
  if (own.some((one) => one.reaction === reaction) === given) return done
  if (given && own.length >= most)
    throw new Refusal(409, 'too_many_reactions', `a visitor gives a message at most ${most} reactions`)
  const conversationId = conversation.id
  await mark(client, messageId, marking.reaction('visitor', reaction, given))
  await client.createEvent({
    type: given ? 'reactionAdded' : 'reactionRemoved',
    payload: { conversationId, messageId, reaction, userId },
    conversationId,
    userId,
    messageId,
  })
  await tell(client, conversation, { changed: messageId })
  return done
}
