import { PlugboardError } from 'plugboard'
import type { DiscordProps } from './props.ts'

/** What Discord calls the channel that a conversation is. */
export async function channelIdOf({ client }: Pick<DiscordProps, 'client'>, conversationId: string): Promise<string> {
  const { conversation } = await client.getConversation({ id: conversationId })
  return channelIdIn(conversation.tags['id'], 'conversationId')
}

export function channelIdIn(id: string | undefined, path = 'conversation.tags.id'): string {
  if (id !== undefined && /^\d{1,20}$/.test(id)) return id
  throw refusal(`the tag 'id' of the conversation names no channel of Discord: '${id}'`, path)
}

/** Where a message is in Discord. */
export async function messageAt(
  props: Pick<DiscordProps, 'client'>,
  messageId: string,
): Promise<{ conversationId: string; channelId: string; sent: string[] }> {
  const { message } = await props.client.getMessage({ id: messageId })
  const { conversationId, tags } = message
  const sent = sentParts(tags)
  if (sent.length > 0) return { conversationId, channelId: await channelIdOf(props, conversationId), sent }
  throw refusal(
    `message '${messageId}' is not in Discord: it was not sent, or is a command or the press of a button`,
    'messageId',
  )
}

/** What Discord calls the parts of a message that it has, by the message's tags. */
export function sentParts(tags: Readonly<Record<string, string | undefined>>): string[] {
  return (tags['ids'] ?? tags['id'] ?? '').split(',').filter(Boolean)
}

export function refusal(message: string, path?: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message, ...(path !== undefined && { where: { path } }) })
}
