/** Tags as they are stored. */
export type StoredTags = Readonly<Record<string, string>>

/** Someone who takes part in conversations: a person on a platform, or the bot. */
export interface User {
  readonly id: string
  readonly tags: StoredTags
  readonly name?: string
  readonly pictureUrl?: string
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  readonly updatedAt: string
}

/** A conversation of a channel of an installed integration. */
export interface Conversation<TTags = StoredTags> {
  readonly id: string
  /** The alias of the installation that it belongs to. */
  readonly integration: string
  readonly channel: string
  readonly tags: TTags
  readonly createdAt: string
  readonly updatedAt: string
}

/** A message of a conversation. */
export interface Message<TType extends string = string, TPayload = unknown> {
  readonly id: string
  readonly conversationId: string
  readonly userId: string
  /** `incoming` comes from the platform, `outgoing` from the bot. */
  readonly direction: 'incoming' | 'outgoing'
  readonly type: TType
  readonly payload: TPayload
  readonly tags: StoredTags
  readonly createdAt: string
}

/** Something that happened. */
export interface Event<TType extends string = string, TPayload = unknown> {
  readonly id: string
  readonly type: TType
  readonly payload: TPayload
  readonly conversationId?: string
  readonly userId?: string
  readonly messageId?: string
  readonly createdAt: string
}

/** Part of a list. */
export interface Page<TItem> {
  readonly items: readonly TItem[]
  /** Asks for the next part; undefined at the end. */
  readonly nextCursor?: string
}
