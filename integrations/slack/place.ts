/** Where a message goes: a conversation of Slack, or a thread of one. */
export interface Place {
  readonly channel: string
  readonly thread_ts?: string
}

/** The place that a conversation's tag `id` names: `C024BE91L`, or `C024BE91L/1355517523.000005` for a thread. */
export function placeFrom(id: string | undefined): Place | undefined {
  const [, channel, thread] = /^([CDG][A-Z0-9]+)(?:\/(\d+\.\d+))?$/.exec(id ?? '') ?? []
  if (channel === undefined) return undefined
  return { channel, ...(thread !== undefined && { thread_ts: thread }) }
}

/** The tag `id` of a conversation. */
export function placeId(channel: string, thread: string | undefined): string {
  return thread === undefined ? channel : `${channel}/${thread}`
}

/** Whether a conversation of Slack is between one person and the bot. */
export const isDirect = (channel: string): boolean => channel.startsWith('D')
