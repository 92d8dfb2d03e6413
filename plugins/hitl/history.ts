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
  let messages: Message[] = []
  let writer: string | undefined
  let cursor: string | undefined
  do {
    const page = await client.listMessages({ conversationId, ...(cursor !== undefined && { cursor }) })
    writer = page.items.findLast(isIncoming)?.userId ?? writer
    messages = length === 0 ? [] : [...messages, ...page.items].slice(-length)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return { messages, writer }
}

export const isIncoming = ({ direction }: Message): boolean => direction === 'incoming'
