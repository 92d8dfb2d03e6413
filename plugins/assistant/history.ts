/** A message of the conversation, as the model is given it. */
export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

interface Said {
  readonly id: string
  readonly conversationId: string
  readonly direction: 'incoming' | 'outgoing'
  readonly payload: unknown
}

interface History {
  listMessages(filter: {
    conversationId: string
    cursor?: string
  }): Promise<{ readonly items: readonly Said[]; readonly nextCursor?: string }>
}

/** A message as a turn; undefined where it has no text. */
export function asTurn({ direction, payload }: Pick<Said, 'direction' | 'payload'>): Turn | undefined {
  const { text, markdown } = (payload ?? {}) as { text?: unknown; markdown?: unknown }
  const content = typeof text === 'string' ? text : markdown
  return typeof content === 'string' && content.trim() !== ''
    ? { role: direction === 'incoming' ? 'user' : 'assistant', content }
    : undefined
}

/** The latest turns before a message, the oldest first. */
export async function latestTurns(history: History, { id, conversationId }: Said, length: number): Promise<Turn[]> {
  const turns: Turn[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await history.listMessages({
      conversationId,
      ...(cursor !== undefined && { cursor }),
    })
    for (const item of items) {
      if (item.id === id) return lastOf(turns, length)
      const turn = asTurn(item)
      if (turn) turns.push(turn)
    }
    cursor = nextCursor
  } while (cursor !== undefined)
  return lastOf(turns, length)
}

const lastOf = (turns: readonly Turn[], length: number): Turn[] => (length === 0 ? [] : turns.slice(-length))
