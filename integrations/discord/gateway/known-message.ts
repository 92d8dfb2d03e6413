import type { DiscordProps } from '../props.ts'

/** A message here. */
export interface KnownMessage {
  readonly conversationId: string
  readonly messageId: string
  /** Whether the bot has sent it. */
  readonly isOwn: boolean
}

/** The message here that Discord calls so; undefined where it is not known. */
export async function knownMessage(
  { client }: Pick<DiscordProps, 'client'>,
  channelId: string,
  id: string,
): Promise<KnownMessage | undefined> {
  const places = await client.listConversations({ tags: { id: channelId } })
  for (const { id: conversationId } of places.items) {
    const [message] = (await client.listMessages({ conversationId, tags: { id } })).items
    if (message) return { conversationId, messageId: message.id, isOwn: message.direction === 'outgoing' }
  }
  return undefined
}
