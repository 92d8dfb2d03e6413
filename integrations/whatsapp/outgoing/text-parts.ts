import type { Part } from './outgoing.ts'
import { split } from './split.ts'

/** A text, in as many parts as it needs. */
export function textParts(text: string): Part[] {
  return split(text).map((body) => ({ content: () => ({ type: 'text', text: { body, preview_url: true } }) }))
}
