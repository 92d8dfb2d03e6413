import { PlugboardError, z } from 'plugboard'
import { type Answer, json, type WebchatProps } from './endpoint.ts'
import { tell } from './heard.ts'
import { parsed, parsedJson } from './parsed.ts'
import { Refusal } from './refusal.ts'
import { tokenDigest, visitorOf } from './session.ts'

const clientMessageId = z.string().regex(/^[\w-]{1,64}$/, 'take 1 to 64 letters, digits, hyphens and underscores')
const body = z.strictObject({
  text: z.string().max(10_000).regex(/\S/, 'write something'),
  conversationId: z.string().min(1).max(100).optional(),
  clientMessageId,
})

/** `POST /messages`: what the visitor says. */
export async function takeMessage({ req, client }: WebchatProps): Promise<Answer> {
  const visitor = await visitorOf(client, req.headers['authorization'])
  const said = parsed(body, parsedJson(req.body), 'the body')
  if (said.conversationId !== undefined) await assertOwn(client, said.conversationId, visitor)
  const { conversation } = await client.getOrCreateConversation({ channel: 'channel', tags: { id: visitor } })
  const { message } = await client.createMessage({
    conversationId: conversation.id,
    userId: visitor,
    type: 'text',
    payload: { text: said.text },
    tags: { id: said.clientMessageId },
  })
  await tell(client, visitor, { message: message.id })
  return json(202, { messageId: message.id, conversationId: conversation.id })
}

/** The id that the page gave a message, with the visitor's token: a message that is sent again is taken once. */
export function deliveryIdOf({ method, path, headers, body: text }: WebchatProps['req']): string | undefined {
  const visitor = tokenDigest(headers['authorization'])
  if (method !== 'POST' || path !== '/messages' || visitor === undefined) return undefined
  try {
    const said = z.object({ clientMessageId }).safeParse(parsedJson(text))
    return said.data && `${visitor}:${said.data.clientMessageId}`
  } catch {
    return undefined
  }
}

/** Another visitor's conversation is as unknown as one that there never was. */
async function assertOwn(client: WebchatProps['client'], id: string, visitor: string): Promise<void> {
  const found = await client.getConversation({ id }).catch((error: unknown) => {
    if (PlugboardError.isInstance(error) && error.code === 'conversation_unknown') return undefined
    throw error
  })
  if (found?.conversation.tags['id'] !== visitor)
    throw new Refusal(404, 'conversation_unknown', 'the visitor has no conversation of that id')
}
