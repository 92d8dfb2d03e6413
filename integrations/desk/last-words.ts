import type { Session } from './sessions.ts'

/** Characters. */
const longest = 140

/** What a message says in a line; undefined for a command, which says nothing of what somebody wants. */
export function wordsIn({ type, payload }: { readonly type: string; readonly payload: unknown }): string | undefined {
  const said = saidIn(payload).replace(/\s+/g, ' ').trim()
  if (/^[/!]\w+$/.test(said)) return undefined
  const words = said || `(${type})`
  // Half of a sign that takes two is none.
  return words.length > longest ? `${words.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : words
}

function saidIn(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null) return ''
  const { text, markdown, title, items } = payload as Readonly<Record<string, unknown>>
  const own = [text, markdown, title].find((words) => typeof words === 'string') ?? ''
  const inner = Array.isArray(items) ? (items as { payload?: unknown }[]).map((item) => saidIn(item.payload)) : []
  return [own, ...inner].filter(Boolean).join(' ')
}

/** What was said last before a session by those who are helped. */
export const wordsBefore = ({ history }: Pick<Session, 'history'>): string | undefined =>
  history
    .filter(({ userId }) => userId !== undefined)
    .map(wordsIn)
    .findLast((words) => words !== undefined)
