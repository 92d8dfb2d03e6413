import { z } from 'plugboard'
import { type Conversation, conversationOf, mainConversation, readerOf, shown } from './conversation.ts'
import type { Answer, WebchatProps } from './endpoint.ts'
import { eventStream } from './event-stream.ts'
import { listen, type Place } from './heard.ts'
import { changedMessages } from './marks.ts'
import { parsed } from './parsed.ts'
import { positionPattern, readPosition } from './position.ts'
import { visitorOf } from './session.ts'
import { conversationId } from './take-message.ts'

const query = z.strictObject({
  conversation: conversationId,
  after: z.string().regex(positionPattern, 'give the id of an event, or the position of the history').default('.'),
})

/** `GET /events`: what the visitor has not seen of a conversation, and then whatever happens, as server-sent events. */
export async function giveEvents({ req, client, signal, logger }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  const seen = req.headers['last-event-id']
  const given = Object.fromEntries(new URLSearchParams(req.query))
  const { conversation: id, after } = parsed(
    query,
    seen === undefined ? given : { ...given, after: seen },
    'what is asked for',
  )
  let conversation = await conversationOf(client, visitor, id)
  const find = async (): Promise<Conversation | undefined> =>
    (conversation ??= await conversationOf(client, visitor, id))
  const reader = readerOf(client, find, readPosition(after))
  const isOpen = (place: Place): boolean => (id === undefined ? place.key === mainConversation : place.id === id)
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // What nginx needs in order not to keep events back.
      'x-accel-buffering': 'no',
    },
    body: eventStream({
      signal,
      listen: (listener) => listen(client, visitor, listener),
      isOpen,
      read: async () =>
        (await reader.read()).map(({ message, position }) => ({ id: message.id, position, data: shown(message) })),
      changed: async (messageId) => {
        if (messageId !== undefined) return [shown((await client.getMessage({ id: messageId })).message)]
        const found = await find()
        return found ? (await changedMessages(client, found.id)).map(shown) : []
      },
      failed: (error) => logger.error('the events of a conversation could not be read', { error }),
    }),
  }
}
