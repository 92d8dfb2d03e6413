import { texts } from 'plugboard'
import { type Formatted, part, trimmed } from './formatted.ts'

/** The most characters of a message, and of what stands below a picture. */
export const longestText = 4096
export const longestCaption = 1024

/** A text in pieces that Telegram takes, ended where a paragraph, a line or a word ends if there is one. None is blank. */
export function split(formatted: Formatted, longest = longestText): Formatted[] {
  const { text } = formatted
  const pieces: Formatted[] = []
  for (let start = 0; start < text.length;) {
    const { end, next } = texts.cut(text, start, longest)
    pieces.push(trimmed(part(formatted, start, end)))
    start = next
  }
  return pieces.filter((piece) => piece.text !== '')
}
