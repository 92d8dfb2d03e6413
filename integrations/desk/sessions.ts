import { PlugboardError } from 'plugboard'
import type definition from './definition.ts'
import type { DeskClient } from './props.ts'

type Types = (typeof definition)['$types']
type Kept = Types['states']['session']['parsed']
/** What is asked of the people who serve, and how it stands. */
export interface Session extends Kept {
  readonly isOver: boolean
}
export type Asked = Types['actions']['startHitl']['parsed']

/** Begins a session. A call that is repeated gives the session that it has begun. */
export async function begin(client: DeskClient, key: string, asked: Asked): Promise<string> {
  const { conversation } = await client.getOrCreateConversation({ channel: 'hitl', tags: { id: key } })
  const { id } = conversation
  if (await find(client, id)) return id
  const { title, description, userId, messageHistory = [] } = asked
  const history = messageHistory.map(({ source, type, payload }) => ({
    ...(source.type === 'user' && { userId: source.userId }),
    type,
    payload,
  }))
  await keep(client, id, { title, description, userId, history, served: [] })
  await client.updateConversation({ id, tags: { status: 'open' } })
  return id
}

/** The session of a conversation; undefined where it is none. */
export async function find(client: DeskClient, id: string): Promise<Session | undefined> {
  const { state } = await client.getState({ name: 'session', id })
  if (!state) return undefined
  // That it has ended is a tag: whoever writes the state at the same time, with what it was before, cannot take it back.
  const { conversation } = await client.getConversation({ id })
  return { ...state.payload, isOver: conversation.tags.status === 'over' }
}

/**
 * The session of a conversation that has not ended.
 * @throws {PlugboardError} with the code `vendor_refused`.
 */
export async function demandOpen(client: DeskClient, id: string, integration: string): Promise<Session> {
  const session = await find(client, id)
  if (session && !session.isOver) return session
  throw new PlugboardError({
    code: 'vendor_refused',
    message: session ? `the session '${id}' has ended` : `there is no session '${id}'`,
    where: { integration },
  })
}

async function keep(client: DeskClient, id: string, payload: Kept): Promise<void> {
  await client.setState({ name: 'session', id, payload })
}

/** Adds somebody to those who serve a session. */
export async function serve(
  client: DeskClient,
  id: string,
  { isOver: _, ...kept }: Session,
  userId: string,
): Promise<void> {
  await keep(client, id, { ...kept, served: [...kept.served, userId] })
}

/** Ends a session. */
export async function end(client: DeskClient, id: string): Promise<void> {
  await client.updateConversation({ id, tags: { status: 'over' } })
}
