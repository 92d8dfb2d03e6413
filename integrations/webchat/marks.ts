import type { WebchatClient } from './endpoint.ts'

/** A side of a conversation. */
export type Side = 'visitor' | 'bot'

/** What became of a message after it was sent. */
export interface Marks {
  /** What it says since it was edited; undefined if it was not. */
  readonly text: string | undefined
  readonly isDeleted: boolean
  readonly isDelivered: boolean
  readonly isRead: boolean
  readonly reactions: readonly { readonly from: Side; readonly reaction: string }[]
}

type Tags = Readonly<Record<string, string>>
type TagChanges = Record<string, string | undefined>

/** Characters: stores look tags up by their values, which must not be long. */
const partLength = 500
const yes = 'true'
/** Has every message that was changed, so that these can be listed. */
const changed = { changed: yes }

/**
 * What became of a message, by its tags: whatever lists messages knows it, and each thing is changed by itself, however many
 * change something at once.
 */
export function marksOf(tags: Tags): Marks {
  const parts = Number(tags['parts'] ?? 0)
  return {
    text: parts > 0 ? Array.from({ length: parts }, (_, index) => tags[`text ${index}`] ?? '').join('') : undefined,
    isDeleted: tags['deleted'] === yes,
    isDelivered: tags['delivered'] === yes,
    isRead: tags['read'] === yes,
    reactions: Object.keys(tags).flatMap((name) => {
      const [, from, reaction = ''] = /^reaction (visitor|bot) (.+)$/s.exec(name) ?? []
      return from === undefined ? [] : [{ from: from as Side, reaction }]
    }),
  }
}

/** The changes of tags that say what became of a message. */
export const marking = {
  edited(text: string): TagChanges {
    // Tags are kept as text, which in some stores has no such character.
    const characters = Array.from(text.replaceAll('\0', '\uFFFD'))
    const parts: TagChanges = {}
    let count = 0
    for (let start = 0; start < characters.length; start += partLength)
      parts[`text ${count++}`] = characters.slice(start, start + partLength).join('')
    return { ...parts, parts: String(count) }
  },
  deleted: (): TagChanges => ({ deleted: yes }),
  delivered: (): TagChanges => ({ delivered: yes }),
  read: (): TagChanges => ({ delivered: yes, read: yes }),
  reaction: (from: Side, reaction: string, given: boolean): TagChanges => ({
    [`reaction ${from} ${reaction}`]: given ? yes : undefined,
  }),
}

/** Changes what became of a message. */
export async function mark(client: WebchatClient, id: string, changes: TagChanges): Promise<void> {
  await client.updateMessage({ id, tags: { ...changes, ...changed } })
}

/** The messages of a conversation that were changed since they were sent. */
export async function changedMessages(
  client: WebchatClient,
  conversationId: string,
): Promise<Awaited<ReturnType<WebchatClient['listMessages']>>['items']> {
  const messages: Awaited<ReturnType<WebchatClient['listMessages']>>['items'][number][] = []
  for (let cursor: string | undefined; ;) {
    const page = await client.listMessages({ conversationId, tags: changed, ...(cursor !== undefined && { cursor }) })
    messages.push(...page.items)
    if (page.nextCursor === undefined) return messages
    cursor = page.nextCursor
  }
}
