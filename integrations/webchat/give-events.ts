import { z } from 'plugboard'
import { readerOf, shown } from './conversation.ts'
import type { Answer, WebchatProps } from './endpoint.ts'
import { eventStream } from './event-stream.ts'
import { listen } from './heard.ts'
import { parsed } from './parsed.ts'
import { positionPattern, readPosition } from './position.ts'
import { visitorOf } from './session.ts'

const query = z.strictObject({
  after: z.string().regex(positionPattern, 'give the id of an event, or the position of the history').default('.'),
})

/** `GET /events`: the messages that the visitor has not seen, and then each that follows, as server-sent events. */
export async function giveEvents({ req, client, signal, logger }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  const seen = req.headers['last-event-id']
  const asked = seen === undefined ? Object.fromEntries(new URLSearchParams(req.query)) : { after: seen }
  const reader = readerOf(client, visitor, readPosition(parsed(query, asked, 'what is asked for').after))
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
      read: async () =>
        (await reader.read()).map(({ message, position }) => ({ id: message.id, position, data: shown(message) })),
      failed: (error) => logger.error('the events of a conversation could not be read', { error }),
    }),
  }
}
