import { z } from 'plugboard'
import { begunConversation, type Conversation } from './conversation.ts'
import { type Answer, json, type WebchatClient, type WebchatProps } from './endpoint.ts'
import { tell } from './heard.ts'
import { parsed, parsedJson } from './parsed.ts'
import { tokenDigest, visitorOf } from './session.ts'

export const clientMessageId = z
  .string()
  .regex(/^[\w-]{1,64}$/, 'take 1 to 64 letters, digits, hyphens and underscores')
export const id = z.string().regex(/^[\w-]{1,100}$/, 'take an id that was given')
export const conversationId = id.optional()
export const said = z.string().max(10_000).regex(/\S/, 'write something')
const body = z.strictObject({ text: said, conversationId, clientMessageId })

/** `POST /messages`: what the visitor says. */
export async function takeMessage({ req, client }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  const given = parsed(body, parsedJson(req.body), 'the body')
  const conversation = await begunConversation(client, visitor, given.conversationId)
  const { message } = await client.createMessage({
    conversationId: conversation.id,
    userId: visitor,
    type: 'text',
    payload: { text: given.text },
    tags: { id: given.clientMessageId },
  })
  await tell(client, conversation, { message: message.id, from: 'visitor' })
  await nameOnce(client, conversation, given.text)
  return json(202, { messageId: message.id, conversationId: conversation.id })
}

/** The id that the page gave a message, with the visitor's token: a message that is sent again is taken once. */
export function deliveryIdOf({ method, path, query, headers, body: text }: WebchatProps['req']): string | undefined {
  const visitor = tokenDigest(headers['authorization'])
  if (method !== 'POST' || visitor === undefined) return undefined
  const given = clientMessageId.safeParse(
    path === '/messages' ? idIn(text) : path === '/files' && new URLSearchParams(query).get('clientMessageId'),
  )
  return given.data && `${visitor}:${given.data}`
}

function idIn(text: string | undefined): unknown {
  try {
    return (parsedJson(text) as { clientMessageId?: unknown } | null)?.clientMessageId
  } catch {
    return undefined
  }
}

/** What is said first names the conversation in the list of them. */
export async function nameOnce(
  client: WebchatClient,
  { id, tags }: Pick<Conversation, 'id'> & { readonly tags: Readonly<Record<string, string | undefined>> },
  text: string,
): Promise<void> {
  const title = Array.from(text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim())
    .slice(0, 80)
    .join('')
  if (tags['title'] === undefined && title !== '') await client.updateConversation({ id, tags: { title } })
}
