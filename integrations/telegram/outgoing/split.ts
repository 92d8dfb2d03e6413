import { type Formatted, part, trimmed } from './formatted.ts'

/** The most characters of a message, and of what stands below a picture. */
export const longestText = 4096
export const longestCaption = 1024

/** Before which a piece is not ended for the sake of a paragraph or a word. */
const shortestPiece = 0.5
const segments = new Intl.Segmenter()
/** What people see as one character has hardly more code units than these; it must be seen whole to be told from two. */
const longestCharacter = 64

/** A text in pieces that Telegram takes, ended where a paragraph, a line or a word ends if there is one. None is blank. */
export function split(formatted: Formatted, longest = longestText): Formatted[] {
  const { text } = formatted
  const pieces: Formatted[] = []
  for (let start = 0; start < text.length;) {
    const [end, next] = text.length - start <= longest ? [text.length, text.length] : cut(text, start, longest)
    pieces.push(trimmed(part(formatted, start, end)))
    start = next
  }
  return pieces.filter((piece) => piece.text !== '')
}

/** Where a piece ends and the next one begins. */
function cut(text: string, start: number, longest: number): readonly [end: number, next: number] {
  const window = text.slice(start, start + longest + 1)
  for (const separator of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(separator)
    if (at >= longest * shortestPiece) return [start + at, start + at + separator.length]
  }
  // What people see as one character is not torn: a family is made of several.
  const end = start + longest
  const character = segments.segment(text.slice(start, end + longestCharacter)).containing(longest)
  const whole = character && character.index > 0 ? start + character.index : end
  return [whole, whole]
}
