/** Where a message goes: a chat, or a topic of one. */
export interface Place {
  readonly chat_id: number | string
  readonly message_thread_id?: number
}

/** The place that a conversation's tag `id` names: `-100123`, `-100123/45` for a topic, `@name` for what has a public name. */
export function placeFrom(id: string): Place | undefined {
  const [, chat, thread] = /^(-?\d+|@\w+)(?:\/(\d+))?$/.exec(id) ?? []
  if (chat === undefined) return undefined
  return {
    chat_id: chat.startsWith('@') ? chat : Number(chat),
    ...(thread !== undefined && { message_thread_id: Number(thread) }),
  }
}

/** The tag `id` of a conversation. */
export function placeId(chat: number | string, thread: number | string | undefined): string {
  return thread === undefined ? `${chat}` : `${chat}/${thread}`
}
