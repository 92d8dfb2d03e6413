import { PlugboardError } from 'plugboard'
import { type Conversation, isSent, type Message, unless } from '../conversation.ts'
import type { WebchatContext } from '../endpoint.ts'

/** What the chat refuses to do for the bot. */
export const refusal = (message: string, path: string): PlugboardError =>
  new PlugboardError({ code: 'vendor_refused', message, where: { path } })

/**
 * A conversation of the chat.
 * @throws {PlugboardError} with the code `vendor_refused`.
 */
export async function conversationIn({ client }: WebchatContext, id: string): Promise<Conversation> {
  const found = await client.getConversation({ id }).catch(unless('conversation_unknown'))
  if (!found) throw refusal(`the chat has no conversation '${id}'`, 'conversationId')
  return found.conversation
}

/**
 * A message of the chat that has been shown.
 * @throws {PlugboardError} with the code `vendor_refused`.
 */
export async function messageIn(
  props: WebchatContext,
  input: { readonly conversationId: string; readonly messageId: string },
): Promise<{ message: Message; conversation: Conversation }> {
  const conversation = await conversationIn(props, input.conversationId)
  const found = await props.client.getMessage({ id: input.messageId }).catch(unless('message_unknown'))
  if (found?.message.conversationId !== conversation.id)
    throw refusal(`the conversation has no message '${input.messageId}'`, 'messageId')
  if (!isSent(found.message)) throw refusal(`the message '${input.messageId}' has not been sent yet`, 'messageId')
  return { message: found.message, conversation }
}
