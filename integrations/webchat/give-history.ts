import { z } from 'plugboard'
import { conversationOf, readerOf, shown } from './conversation.ts'
import { type Answer, json, type WebchatProps } from './endpoint.ts'
import { parsed } from './parsed.ts'
import { Refusal } from './refusal.ts'
import { visitorOf } from './session.ts'
import { conversationId, id } from './take-message.ts'

const query = z.strictObject({
  conversation: conversationId,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  before: id.optional(),
})

/** `GET /history`: the latest messages of a conversation, or the latest before one, the oldest first. */
export async function giveHistory({ req, client }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  const asked = Object.fromEntries(new URLSearchParams(req.query))
  const { conversation: wanted, limit, before } = parsed(query, asked, 'what is asked for')
  const conversation = await conversationOf(client, visitor, wanted)
  const reader = readerOf(client, async () => conversation)
  const messages = (await reader.read()).map(({ message }) => message)
  const end = before === undefined ? messages.length : messages.findIndex((message) => message.id === before)
  if (end === -1) throw new Refusal(404, 'message_unknown', 'the conversation has no message of that id')
  const start = Math.max(0, end - limit)
  return json(200, {
    conversationId: conversation?.id ?? null,
    messages: messages.slice(start, end).map(shown),
    hasEarlier: start > 0,
    position: reader.position,
  })
}
