import { exact } from './exact.ts'
import { type Formatted, plain } from './formatted.ts'
import { escaped, toMrkdwn } from './mrkdwn.ts'
import type { Content, Part } from './outgoing.ts'
import { post } from './post.ts'
import { split } from './split.ts'

/** A text with its formats, in as many parts as it needs. */
export const formattedParts = (lines: Formatted): Part[] =>
  split(lines).map((piece) => contentPart({ text: toMrkdwn(piece) }))

/** A text as it is, in as many parts as it needs. */
export const textParts = (text: string): Part[] => split(plain(text)).map((piece) => contentPart(exact(toText(piece))))

const toText = (lines: Formatted): string => lines.map(({ runs }) => runs.map((run) => run.text).join('')).join('\n')

/** One message. What it had before and has no more goes when it is changed. */
export function contentPart(content: Content): Part {
  const { text, blocks = [] } = content
  return {
    send: ({ api, to }) => post(api, to, content),
    // Which kinds of block there are, Slack knows better than the types of its client.
    edit: ({ api, to }, ts) => api.chat.update({ channel: to.channel, ts, text, blocks: [...blocks] as never[] }),
  }
}

/** What notifications say of blocks. */
export const fallback = (text: string): string => escaped(text.slice(0, longestFallback))
const longestFallback = 1000
