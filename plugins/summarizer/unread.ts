/** A message, as it is read to the model. */
export interface Line {
  readonly id: string
  /** Where the page begins on which it is; undefined for the first page. */
  readonly cursor: string | undefined
  readonly text: string
}

interface Said {
  readonly id: string
  readonly direction: 'incoming' | 'outgoing'
  readonly type: string
  readonly payload: unknown
  readonly tags: Readonly<Record<string, string>>
}

interface History {
  listMessages(filter: {
    conversationId: string
    cursor?: string
  }): Promise<{ readonly items: readonly Said[]; readonly nextCursor?: string }>
}

/** The messages of a conversation that a summary does not cover yet, the oldest first: without the summaries that were told, and what asked for them. */
export async function unread(
  history: History,
  conversationId: string,
  covered: { readonly upTo: string; readonly cursor?: string | undefined } | undefined,
  command?: string,
): Promise<Line[]> {
  const lines: Line[] = []
  let cursor = covered?.cursor
  do {
    const { items, nextCursor } = await history.listMessages({
      conversationId,
      ...(cursor !== undefined && { cursor }),
    })
    for (const item of items) {
      if (item.id === covered?.upTo) lines.length = 0
      else if (item.tags['summary'] === undefined && !isCommand(item, command))
        lines.push({ id: item.id, cursor, text: lineOf(item) })
    }
    cursor = nextCursor
  } while (cursor !== undefined)
  return lines
}

/** Whether a message asks for the summary. */
export const isCommand = ({ payload }: Pick<Said, 'payload'>, command: string | undefined): boolean =>
  command !== undefined && String((payload as { text?: unknown } | undefined)?.text).trim() === command

function lineOf({ direction, type, payload }: Said): string {
  const { text, markdown } = (payload ?? {}) as { text?: unknown; markdown?: unknown }
  const content = [text, markdown].find((value) => typeof value === 'string') ?? `(a message of the type ${type})`
  return `${direction === 'incoming' ? 'User' : 'Bot'}: ${content}`
}
