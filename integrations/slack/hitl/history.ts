import type { Carried } from '../messages.ts'
import { type Formatted, plain } from '../outgoing/formatted.ts'
import { fromMarkdown } from '../outgoing/markdown.ts'

/** A message that was exchanged before a session. */
export interface Earlier {
  readonly source: { readonly type: 'user'; readonly userId: string } | { readonly type: 'bot' }
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** What was said before, as one text: a message for each would be told one after another for seconds. */
export function historyOf(messages: readonly Earlier[], nameOf: (userId: string) => string): Formatted {
  return messages.flatMap((message, index) => {
    const name = message.source.type === 'bot' ? 'Bot' : nameOf(message.source.userId)
    return [...(index > 0 ? [{ runs: [] }] : []), { runs: [{ text: name, bold: true }] }, ...said(message)]
  })
}

function said({ type, payload }: Earlier): Formatted {
  const { text, markdown, title, imageUrl, audioUrl, videoUrl, fileUrl } = payload as Partial<
    Record<
      keyof (Carried['text'] & Carried['markdown']) | 'title' | 'imageUrl' | 'audioUrl' | 'videoUrl' | 'fileUrl',
      unknown
    >
  >
  if (typeof markdown === 'string') return fromMarkdown(markdown)
  if (typeof text === 'string') return plain(text)
  const url = [imageUrl, audioUrl, videoUrl, fileUrl].find((one) => typeof one === 'string')
  const words = typeof title === 'string' ? title : `(${type})`
  return [
    { runs: [{ text: words.replaceAll('\n', ' '), ...(typeof url === 'string' && /^https?:/.test(url) && { url }) }] },
  ]
}
