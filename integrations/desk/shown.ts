import { createHash } from 'node:crypto'
import type { Message } from 'plugboard'
import { filesIn, type ShownFile } from './files.ts'
import { wordsBefore } from './last-words.ts'
import type { DeskClient } from './props.ts'
import type { Session } from './sessions.ts'

/** A message as the page shows it. */
export interface ShownMessage {
  readonly id?: string
  readonly from: 'user' | 'bot' | 'agent'
  readonly name?: string | undefined
  readonly type: string
  readonly payload: unknown
  readonly files: readonly ShownFile[]
  readonly createdAt?: string
}

/** A session as the list of the page shows it. */
export async function shownSession(client: DeskClient, id: string, session: Session): Promise<object> {
  const { title, description, userId, served, isOver } = session
  const agents = await Promise.all(served.map((agent) => nameOf(client, agent)))
  const { state } = await client.getState({ name: 'lastWords', id })
  const words = state?.payload.words ?? wordsBefore(session)
  return { id, title, description, name: await personOf(client, userId), words, agents, isOver }
}

/** What was said before a session and in it, the oldest first. */
export async function shownMessages(client: DeskClient, id: string, { history }: Session): Promise<ShownMessage[]> {
  const shown: ShownMessage[] = []
  for (const { userId, type, payload } of history) {
    const about = { type, payload, files: filesIn(payload) }
    shown.push(
      userId === undefined
        ? { ...about, from: 'bot' }
        : { ...about, from: 'user', name: await personOf(client, userId) },
    )
  }
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await client.listMessages({
      conversationId: id,
      ...(cursor !== undefined && { cursor }),
    })
    for (const item of items) shown.push(await shownMessage(client, item))
    cursor = nextCursor
  } while (cursor !== undefined)
  return shown
}

async function shownMessage(client: DeskClient, message: Message): Promise<ShownMessage> {
  const { id, type, direction, createdAt } = message
  const { userId, ...payload } = message.payload as { userId?: string }
  const about = { id, type, payload, files: filesIn(payload), createdAt }
  if (direction === 'incoming') return { ...about, from: 'agent', name: await nameOf(client, message.userId) }
  return userId === undefined
    ? { ...about, from: 'bot' }
    : { ...about, from: 'user', name: await personOf(client, userId) }
}

async function nameOf(client: DeskClient, id: string): Promise<string | undefined> {
  return (await client.getUser({ id })).user.name
}

/** Who is helped: the name, or what tells those apart who have said none. */
async function personOf(client: DeskClient, id: string): Promise<string> {
  const tag = createHash('sha256').update(id).digest('hex').slice(0, 4)
  return (await nameOf(client, id))?.trim() || `Visitor ${tag}`
}
