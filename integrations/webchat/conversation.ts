import { PlugboardError } from 'plugboard'
import { ConversationReader } from './conversation-reader.ts'
import type { WebchatClient } from './endpoint.ts'
import { withOwnFiles } from './files/own-files.ts'
import { marksOf, type Side } from './marks.ts'
import type { Position } from './position.ts'
import { Refusal } from './refusal.ts'

export type Conversation = Awaited<ReturnType<WebchatClient['getConversation']>>['conversation']
export type Message = Awaited<ReturnType<WebchatClient['listMessages']>>['items'][number]
/** What the page is told of a message. */
export type Shown = Pick<Message, 'id' | 'conversationId' | 'direction' | 'type' | 'payload' | 'createdAt' | 'tags'>

/** A message as the page receives it. */
export interface ShownMessage {
  readonly id: string
  readonly conversationId: string
  readonly from: Side
  readonly type: string
  readonly payload: unknown
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  /** What the page called it when it sent it. */
  readonly clientMessageId?: string
  readonly edited?: boolean
  readonly deleted?: boolean
  /** Whether the other side has read it. */
  readonly read?: boolean
  readonly reactions?: readonly { readonly from: Side; readonly reaction: string }[]
}

/** Where visitors begin, and the bot unless it says otherwise. */
export const mainConversation = 'main'

/** The message as the page receives it. */
export function shown({ id, conversationId, direction, type, payload, createdAt, tags }: Shown): ShownMessage {
  const own = direction === 'incoming'
  const clientMessageId = own ? tags['id'] : undefined
  const { text, isDeleted, isRead, reactions } = marksOf(tags)
  return {
    id,
    conversationId,
    from: own ? 'visitor' : 'bot',
    type,
    payload: isDeleted ? {} : text === undefined ? withOwnFiles(type, payload) : { [type]: text },
    createdAt,
    ...(clientMessageId !== undefined && { clientMessageId }),
    ...(text !== undefined && { edited: true }),
    ...(isDeleted && { deleted: true }),
    ...(isRead && { read: true }),
    ...(reactions.length > 0 && !isDeleted && { reactions }),
  }
}

/**
 * The visitor's conversation of that id, or where visitors begin; undefined as long as nothing was said there.
 * @throws {Refusal} with 404: another visitor's conversation is as unknown as one that there never was.
 */
export async function conversationOf(
  client: WebchatClient,
  visitor: string,
  id: string | undefined,
): Promise<Conversation | undefined> {
  if (id === undefined) {
    const tags = { visitor, id: mainConversation }
    return (await client.listConversations({ channel: 'channel', tags })).items[0]
  }
  const found = await client.getConversation({ id }).catch(unless('conversation_unknown'))
  if (found?.conversation.tags['visitor'] === visitor) return found.conversation
  throw new Refusal(404, 'conversation_unknown', 'the visitor has no conversation of that id')
}

/** The same, begun if there is none. */
export async function begunConversation(
  client: WebchatClient,
  visitor: string,
  id: string | undefined,
): Promise<Conversation> {
  if (id !== undefined) return (await conversationOf(client, visitor, id)) as Conversation
  const tags = { visitor, id: mainConversation }
  return (await client.getOrCreateConversation({ channel: 'channel', tags })).conversation
}

/**
 * A message of a conversation of the visitor, with that conversation.
 * @throws {Refusal} with 404.
 */
export async function messageOf(
  client: WebchatClient,
  visitor: string,
  id: string,
): Promise<{ message: Message; conversation: Conversation }> {
  const found = await client.getMessage({ id }).catch(unless('message_unknown'))
  const conversation = found && (await client.getConversation({ id: found.message.conversationId })).conversation
  if (!found || conversation?.tags['visitor'] !== visitor || !isSent(found.message))
    throw new Refusal(404, 'message_unknown', 'the visitor has no message of that id')
  return { message: found.message, conversation }
}

/** Whether a message has been shown: one of the bot is acknowledged then. */
export const isSent = ({ direction, tags }: Pick<Message, 'direction' | 'tags'>): boolean =>
  direction === 'incoming' || tags['id'] !== undefined

/** A reader of one of the visitor's conversations, which may begin only later. */
export function readerOf(
  client: WebchatClient,
  find: () => Promise<Conversation | undefined>,
  after?: Position,
): ConversationReader<Message> {
  let conversationId: string | undefined
  return new ConversationReader<Message>(async (cursor) => {
    conversationId ??= (await find())?.id
    if (conversationId === undefined) return { items: [] }
    return client.listMessages({ conversationId, ...(cursor !== undefined && { cursor }) })
  }, after)
}

/** Takes an error of that code for nothing found. */
export const unless =
  (code: string) =>
  (error: unknown): undefined => {
    if (!PlugboardError.isInstance(error) || error.code !== code) throw error
  }
