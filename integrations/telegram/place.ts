/** Where a message goes: a chat, a topic of one, or what one person writes to a channel. */
export interface Place {
  readonly chat_id: number | string
  readonly message_thread_id?: number
  readonly direct_messages_topic_id?: number
}

/**
 * The place that a conversation's tag `id` names: `-100123`, `-100123/45` for a topic, `-100123/d45` for what one person writes
 * to a channel, `@name` for what has a public name.
 */
export function placeFrom(id: string): Place | undefined {
  const [, chat, kind, thread] = /^(-?\d+|@\w+)(?:\/(d?)(\d+))?$/.exec(id) ?? []
  if (chat === undefined) return undefined
  return {
    chat_id: chat.startsWith('@') ? chat : Number(chat),
    ...(thread !== undefined && { [kind ? 'direct_messages_topic_id' : 'message_thread_id']: Number(thread) }),
  }
}

/** The tag `id` of a conversation. */
export function placeId(chat: number | string, thread: string | undefined): string {
  return thread === undefined ? `${chat}` : `${chat}/${thread}`
}
