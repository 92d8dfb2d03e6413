import type { Part, Row } from './outgoing.ts'
import { split } from './split.ts'
import { escaped } from './text.ts'

/** A text as it is, in as many parts as it needs; what stands below it is below the last one. */
export function textParts(text: string, components: readonly Row[] = []): Part[] {
  return writtenParts(escaped(text), components)
}

/** The same of what is written in Discord's Markdown. */
export function writtenParts(written: string, components: readonly Row[] = []): Part[] {
  const pieces = split(written)
  return pieces.map((content, index) => ({
    content,
    ...(index === pieces.length - 1 && components.length > 0 && { components }),
  }))
}
