import { type Memory, sizeOf, type Use } from './memory.ts'

/** A message of the conversation, as the model is given it. */
export interface Turn {
  readonly id: string
  readonly role: 'user' | 'assistant'
  readonly content: string
  /** What tools were called for to answer it. */
  readonly use?: Use
}

interface Said {
  readonly id: string
  readonly conversationId: string
  readonly direction: 'incoming' | 'outgoing'
  readonly payload: unknown
  readonly tags: Readonly<Record<string, string>>
}

interface History {
  listMessages(filter: {
    conversationId: string
    newestFirst: boolean
    cursor?: string
  }): Promise<{ readonly items: readonly Said[]; readonly nextCursor?: string }>
}

/** How much is read. */
export interface HistoryLimits {
  /** How many turns. */
  readonly length: number
  /** How many characters they have together. */
  readonly characters: number
  /** The longest message of a user, in characters; what is longer was not answered. */
  readonly message: number
}

/** The text of a message; undefined where it has none. */
export function textOf({ payload }: Pick<Said, 'payload'>): string | undefined {
  const { text, markdown } = (payload ?? {}) as { text?: unknown; markdown?: unknown }
  const content = typeof text === 'string' ? text : markdown
  return typeof content === 'string' && content.trim() !== '' ? content : undefined
}

/**
 * The latest turns before a message is answered, the oldest first: what was said before it, and what the bot has said since,
 * as it does who answers several messages one after another. Left out are notices, and messages that can never be answered: a filter
 * that stopped one would stop all that come after it.
 */
export async function latestTurns(
  history: History,
  { id, conversationId }: Pick<Said, 'id' | 'conversationId'>,
  memory: Memory,
  limits: HistoryLimits,
): Promise<Turn[]> {
  const turns: Turn[] = []
  let isEarlier = false
  let size = 0
  let cursor: string | undefined
  while (turns.length < limits.length) {
    const { items, nextCursor } = await history.listMessages({
      conversationId,
      newestFirst: true,
      ...(cursor !== undefined && { cursor }),
    })
    for (const item of items) {
      if (item.id === id) isEarlier = true
      const turn = item.id !== id && (isEarlier || item.direction === 'outgoing') ? turnOf(item, memory) : undefined
      if (!turn || (turn.role === 'user' && turn.content.length > limits.message)) continue
      size += sizeOfTurn(turn)
      if (turns.length === limits.length || size > limits.characters) return turns
      turns.unshift(turn)
    }
    if (nextCursor === undefined) break
    cursor = nextCursor
  }
  return turns
}

function turnOf(message: Said, { uses, unanswerable }: Memory): Turn | undefined {
  const content = textOf(message)
  const { id, direction, tags } = message
  if (content === undefined || tags['notice'] !== undefined || unanswerable.includes(id)) return undefined
  const use = uses.find(({ messageId }) => messageId === id)
  return { id, role: direction === 'incoming' ? 'user' : 'assistant', content, ...(use && { use }) }
}

const sizeOfTurn = ({ content, use }: Turn): number =>
  (use?.rounds ?? []).reduce((sum, round) => sum + sizeOf(round), content.length)
