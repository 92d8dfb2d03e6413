import { PlugboardError, z } from 'plugboard'
import { begunConversation } from '../conversation.ts'
import { type Answer, json, type WebchatProps } from '../endpoint.ts'
import { tell } from '../heard.ts'
import { parsed } from '../parsed.ts'
import { Refusal } from '../refusal.ts'
import { visitorOf } from '../session.ts'
import { clientMessageId, conversationId, nameOnce } from '../take-message.ts'
import { addressOf, keep } from './own-files.ts'

const query = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .transform((name) => name.replaceAll(/[\p{Cc}/\\]/gu, '_')),
  clientMessageId,
  conversation: conversationId,
})

/** `POST /files`: a file that the visitor sends, as the body. It becomes a message. */
export async function takeFile(props: WebchatProps): Promise<Answer> {
  const { req, client, configuration } = props
  const visitor = await visitorOf(client, req.headers['authorization'])
  const given = parsed(query, Object.fromEntries(new URLSearchParams(req.query)), 'what is asked for')
  const contentType = acceptedType(req.headers['content-type'], configuration.uploadTypes)
  const { length } = req.rawBody
  if (length > configuration.uploadLimit)
    throw new Refusal(413, 'body_too_large', `the file exceeds ${configuration.uploadLimit} bytes`)
  if (length === 0) throw new Refusal(400, 'request_invalid', 'the file is empty')
  const conversation = await begunConversation(client, visitor, given.conversation)
  const { name } = given
  const { id, key } = await keep(props, {
    content: req.rawBody,
    contentType,
    name,
    visitor,
    conversationId: conversation.id,
  }).catch(refuseTooLarge)
  const { message } = await client.createMessage({
    conversationId: conversation.id,
    userId: visitor,
    ...messageOf(contentType, addressOf(props, id), name),
    tags: { id: given.clientMessageId, fileKey: key },
  })
  await tell(client, conversation, { message: message.id, from: 'visitor' })
  await nameOnce(client, conversation, name)
  return json(202, { messageId: message.id, conversationId: conversation.id })
}

/** @throws {Refusal} with 415. */
function acceptedType(header: string | undefined, accepted: readonly string[]): string {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const isAccepted = accepted.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))))
  if (isAccepted && /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,100}$/.test(type)) return type
  throw new Refusal(
    415,
    'file_type_refused',
    `a file of the type '${type.slice(0, 100)}' is not taken; ${accepted.join(', ') || 'none'} are`,
  )
}

function messageOf(contentType: string, url: string, title: string) {
  if (contentType.startsWith('image/')) return { type: 'image' as const, payload: { imageUrl: url, title } }
  if (contentType.startsWith('audio/')) return { type: 'audio' as const, payload: { audioUrl: url, title } }
  if (contentType.startsWith('video/')) return { type: 'video' as const, payload: { videoUrl: url, title } }
  return { type: 'file' as const, payload: { fileUrl: url, title } }
}

/** The bot may store less than the chat is set up for. */
function refuseTooLarge(error: unknown): never {
  if (PlugboardError.isInstance(error) && error.code === 'file_too_large')
    throw new Refusal(413, 'body_too_large', 'the file is larger than what the bot stores')
  throw error
}
