import { type Place, placeFrom } from '../place.ts'
import type { SlackClient, SlackProps } from '../props.ts'

/** A conversation that people have been asked to take over: a thread. */
export interface Session {
  readonly conversationId: string
  /** The thread. */
  readonly place: Place & { readonly thread_ts: string }
  readonly isOver: boolean
  readonly title: string
  /** The users who serve it. */
  readonly served: readonly string[]
}

type Client = Pick<SlackClient, 'getState' | 'listConversations' | 'getConversation'>

/** The session of a thread, by the tag `id` that its conversation has. */
export async function sessionAt(client: Client, id: string): Promise<Session | undefined> {
  const { items } = await client.listConversations({ channel: 'hitl', tags: { id } })
  return items[0] && sessionOf(client, items[0].id)
}

/** The session that a conversation is. */
export async function sessionOf(client: Client, conversationId: string): Promise<Session | undefined> {
  const { conversation } = await client.getConversation({ id: conversationId })
  const place = placeFrom(conversation.tags['id'])
  const { state } = await client.getState({ name: 'session', id: conversationId })
  if (!state || place?.thread_ts === undefined) return undefined
  return { conversationId, place: { ...place, thread_ts: place.thread_ts }, ...state.payload }
}

/** Tells who serves a session, once. */
export async function assign({ client }: SlackProps, session: Session, userId: string): Promise<void> {
  const { conversationId, served } = session
  if (served.includes(userId)) return
  await client.patchState({ name: 'session', id: conversationId, payload: { served: [...served, userId] } })
  await client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId }, conversationId, userId })
}
