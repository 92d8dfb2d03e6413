import { giveFile } from './files.ts'
import { givePage } from './page.ts'
import { placeOf } from './place.ts'
import { type Answer, type DeskClient, type DeskProps, json } from './props.ts'
import { Refusal } from './refusal.ts'
import { type Deed, saidIn } from './said.ts'
import { end, find, serve, type Session } from './sessions.ts'
import { shownMessages, shownSession } from './shown.ts'

/** Bytes. */
const bodyLimit = 65_536

/** Answers a request: the page, or what it asks for. Those for more than the page have proved to have the key. */
export async function respond(props: DeskProps): Promise<Answer> {
  try {
    return await answerTo(props)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, code, message } = error
    return json(status, { error: { code, message } })
  }
}

async function answerTo({ req, client, configuration, signal }: DeskProps): Promise<Answer> {
  const place = placeOf(req.path)
  if (!place) throw new Refusal(404, 'not_found', `there is no '${req.path}'`)
  const takes = place.kind === 'deed' ? ['POST'] : ['GET', 'HEAD']
  if (!takes.includes(req.method))
    throw new Refusal(405, 'method_not_allowed', `'${req.path}' takes ${takes.join(', ')}, not ${req.method}`)
  if (req.rawBody.length > bodyLimit) throw new Refusal(413, 'body_too_large', `the body exceeds ${bodyLimit} bytes`)
  if (place.kind === 'page') return givePage(configuration.title)
  if (place.kind === 'sessions') return json(200, { sessions: await openSessions(client) })
  const { id } = place
  const session = await find(client, id)
  if (!session) throw new Refusal(404, 'session_unknown', 'there is no session of that id')
  if (place.kind === 'deed') return done(client, id, session, { deed: place.deed, body: req.body })
  const messages = await shownMessages(client, id, session)
  if (place.kind === 'session') return json(200, { session: await shownSession(client, id, session), messages })
  const file = messages.flatMap(({ files }) => files).find((one) => one.id === place.file)
  if (!file) throw new Refusal(404, 'file_unknown', 'there is no file of that id in the session')
  return giveFile(client, file, signal)
}

async function openSessions(client: DeskClient): Promise<object[]> {
  const sessions: object[] = []
  for (let cursor: string | undefined; ;) {
    const open = { channel: 'hitl', tags: { status: 'open' } } as const
    const { items, nextCursor } = await client.listConversations({ ...open, ...(cursor !== undefined && { cursor }) })
    for (const { id, createdAt } of items) {
      const session = await find(client, id)
      if (session) sessions.push({ ...(await shownSession(client, id, session)), createdAt })
    }
    if (nextCursor === undefined) return sessions
    cursor = nextCursor
  }
}

/** Does what somebody who serves wants to be done with a session. */
async function done(
  client: DeskClient,
  id: string,
  session: Session,
  { deed, body }: { readonly deed: Deed; readonly body: string | undefined },
): Promise<Answer> {
  const said = saidIn(deed, body)
  if (session.isOver) throw new Refusal(409, 'session_over', 'the session has ended')
  const { user } = await client.getOrCreateUser({ tags: { id: `agent ${said.name}` }, name: said.name })
  if (deed === 'end') {
    await end(client, id)
    await client.createEvent({ type: 'hitlStopped', conversationId: id, payload: { conversationId: id } })
  } else if (deed === 'messages') {
    const { text } = said as { text: string }
    await client.createMessage({ conversationId: id, userId: user.id, type: 'text', payload: { text } })
  } else if (!session.served.includes(user.id)) {
    await serve(client, id, session, user.id)
    const payload = { conversationId: id, userId: user.id }
    await client.createEvent({ type: 'hitlAssigned', conversationId: id, userId: user.id, payload })
  }
  return json(202, {})
}
