import type { WebchatContext } from '../endpoint.ts'
import { addressOf, keep } from '../files/own-files.ts'
import { conversationIn, refusal } from './place.ts'

interface Shared {
  readonly conversationId: string
  readonly key: string
  readonly name?: string | undefined
}

/** Lets the visitor of a conversation see a file of the bot's. What is seen is a copy: whatever becomes of the file, the message keeps it. */
export async function shareFile(props: WebchatContext & { input: Shared }): Promise<{ url: string }> {
  const { conversationId, key, name } = props.input
  const { tags } = await conversationIn(props, conversationId)
  const { visitor } = tags
  if (visitor === undefined) throw refusal(`conversation '${conversationId}' has no visitor`, 'conversationId')
  const { file, content } = await props.client.readFile({ key })
  const { contentType } = file
  const shownName = name ?? (key.split('/').at(-1) || 'file')
  const { id } = await keep(props, { content, contentType, name: shownName, visitor, conversationId })
  return { url: addressOf(props, id) }
}
