import { ConversationReader } from './conversation-reader.ts'
import type { WebchatClient } from './endpoint.ts'
import type { Position } from './position.ts'

/** What the page is told of a message. */
export type Shown = Pick<Message, 'id' | 'direction' | 'type' | 'payload' | 'createdAt' | 'tags'>
type Message = Awaited<ReturnType<WebchatClient['listMessages']>>['items'][number]

/** A message as the page receives it. */
export interface ShownMessage {
  readonly id: string
  readonly from: 'visitor' | 'bot'
  readonly type: string
  readonly payload: unknown
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  /** What the page called it when it sent it. */
  readonly clientMessageId?: string
}

/** The message as the page receives it. */
export function shown({ id, direction, type, payload, createdAt, tags }: Shown): ShownMessage {
  const own = direction === 'incoming'
  const clientMessageId = own ? tags['id'] : undefined
  return {
    id,
    from: own ? 'visitor' : 'bot',
    type,
    payload,
    createdAt,
    ...(clientMessageId !== undefined && { clientMessageId }),
  }
}

/** The id of the visitor's conversation; undefined as long as nothing was said. */
export async function conversationOf(client: WebchatClient, visitor: string): Promise<string | undefined> {
  const { items } = await client.listConversations({ channel: 'channel', tags: { id: visitor } })
  return items[0]?.id
}

/** A reader of the visitor's conversation, which may begin only later. */
export function readerOf(client: WebchatClient, visitor: string, after?: Position): ConversationReader<Message> {
  let conversationId: string | undefined
  return new ConversationReader<Message>(async (cursor) => {
    conversationId ??= await conversationOf(client, visitor)
    if (conversationId === undefined) return { items: [] }
    return client.listMessages({ conversationId, ...(cursor !== undefined && { cursor }) })
  }, after)
}
