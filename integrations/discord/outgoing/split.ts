import { texts } from 'plugboard'

/** The most characters of a message. */
export const longestText = 2000

/** What closes a block of code and opens it again takes room, and so does the name of its language. */
const roomForFences = 40

/**
 * A text in pieces that Discord takes, ended where a paragraph, a line or a word ends if there is one. None is blank. A block of
 * code that is torn is closed, and opened again.
 */
export function split(text: string, longest = longestText): string[] {
  const pieces: string[] = []
  let open: string | undefined
  for (let start = 0; start < text.length;) {
    const prefix: string = open === undefined ? '' : `${open}\n`
    const room = longest - prefix.length
    const whole = text.length - start <= room
    const [end, next] = whole ? [text.length, text.length] : cut(text, start, room - roomForFences)
    const piece = text.slice(start, end)
    open = fenceAfter(piece, open)
    const closed = `${prefix}${piece}${open === undefined || whole ? '' : '\n```'}`
    if (piece.trim() !== '') pieces.push(prefix === '' ? closed.trim() : closed.trimEnd())
    start = next
  }
  return pieces
}

/** The line that opens the block of code in which a text ends; undefined where it ends in none. */
function fenceAfter(text: string, before: string | undefined): string | undefined {
  let open = before
  for (const [line] of text.matchAll(/^ {0,3}```.*$/gm))
    open = open === undefined ? line.trim().slice(0, roomForFences / 2) : undefined
  return open
}

/** Where a piece ends and the next one begins: not between a backslash and what it is for either. */
function cut(text: string, start: number, longest: number): readonly [end: number, next: number] {
  const { end, next } = texts.cut(text, start, longest)
  const torn = end === next && /(?<!\\)(?:\\\\)*\\$/.test(text.slice(start, end)) ? 1 : 0
  return [end - torn, next - torn]
}
