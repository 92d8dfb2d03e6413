import type { Message } from 'plugboard'
import type { Client } from './standing.ts'

/** What was said in a conversation. */
export interface History {
  /** The latest messages, the oldest first. */
  readonly messages: readonly Message[]
  /** Who has written last; undefined where nobody has. */
  readonly writer: string | undefined
}

export async function historyOf(client: Client, conversationId: string, length: number): Promise<History> {
  const latest: Message[] = []
  let writer: string | undefined
  let cursor: string | undefined
  do {
    const page = await client.listMessages({
      conversationId,
      newestFirst: true,
      ...(cursor !== undefined && { cursor }),
    })
    latest.push(...page.items)
    writer ??= page.items.find(isIncoming)?.userId
    cursor = page.nextCursor
  } while (cursor !== undefined && (writer === undefined || latest.length < length))
  return { messages: latest.slice(0, length).toReversed(), writer }
}

export const isIncoming = ({ direction }: Message): boolean => direction === 'incoming'
