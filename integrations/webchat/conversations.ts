import { randomUUID } from 'node:crypto'
import type { Conversation } from './conversation.ts'
import { type Answer, json, type WebchatClient, type WebchatProps } from './endpoint.ts'
import { parsedJson } from './parsed.ts'
import { Refusal } from './refusal.ts'
import { visitorOf } from './session.ts'

/** How many a visitor may begin. */
const most = 100

/** `GET /conversations`: those of the visitor, the latest first. */
export async function giveConversations({ req, client }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  return json(200, { conversations: (await conversationsOf(client, visitor)).map(listed).toReversed() })
}

/** `POST /conversations`: begins one. It needs no body; what is sent nevertheless is JSON, as everywhere. */
export async function takeConversation({ req, client }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  if (req.body) parsedJson(req.body)
  const all = await conversationsOf(client, visitor)
  // One in which nothing was said is as good as a new one.
  const blank = all.findLast(({ tags }) => tags['title'] === undefined)
  if (blank) return json(200, { conversation: listed(blank) })
  if (all.length >= most)
    throw new Refusal(
      409,
      'too_many_conversations',
      `a visitor has at most ${most} conversations; go on in one of them`,
    )
  const tags = { visitor, id: randomUUID() }
  const { conversation } = await client.getOrCreateConversation({ channel: 'channel', tags })
  return json(201, { conversation: listed(conversation) })
}

async function conversationsOf(client: WebchatClient, visitor: string): Promise<readonly Conversation[]> {
  const found: Conversation[] = []
  for (let cursor: string | undefined; ;) {
    const filter = { channel: 'channel' as const, tags: { visitor } }
    const page = await client.listConversations({ ...filter, ...(cursor !== undefined && { cursor }) })
    found.push(...page.items)
    if (page.nextCursor === undefined) return found
    cursor = page.nextCursor
  }
}

const listed = ({ id, tags, createdAt }: Conversation): object => ({
  id,
  ...(tags['title'] !== undefined && { title: tags['title'] }),
  unread: tags['unread'] === 'true',
  createdAt,
})
