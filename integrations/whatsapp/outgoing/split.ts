/** The most characters of a text, of what stands below a picture, and of what stands above buttons. */
export const longestText = 4096
export const longestCaption = 1024
export const longestBody = 1024

/** Before which a piece is not ended for the sake of a paragraph or a word. */
const shortestPiece = 0.5
const fence = '```'
const segments = new Intl.Segmenter()
/** What people see as one character has hardly more code units than these; it must be seen whole to be told from two. */
const longestCharacter = 64

/**
 * A text in pieces that WhatsApp takes, ended where a paragraph, a line or a word ends if there is one. None is blank, and what is
 * shown as code in one goes on as code in the next.
 */
export function split(text: string, longest = longestText): string[] {
  if (text.trim().length <= longest) return text.trim() === '' ? [] : [text.trim()]
  const pieces: string[] = []
  // Room for a fence at both ends.
  const room = longest - 2 * (fence.length + 1)
  let isCode = false
  for (let start = 0; start < text.length;) {
    const [end, next] = text.length - start <= room ? [text.length, text.length] : cut(text, start, room)
    const piece = text.slice(start, end)
    const begun: string = isCode ? `${fence}\n${piece}` : piece
    isCode = begun.split(fence).length % 2 === 0
    pieces.push((isCode ? `${begun}\n${fence}` : begun).trim())
    start = next
  }
  return pieces.filter((piece) => piece !== '')
}

/** The beginning of a text, with an ellipsis where something is left out. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, wholeCharacters(text, longest - 1)).trimEnd()}…`
}

/** Where a piece ends and the next one begins. */
function cut(text: string, start: number, longest: number): readonly [end: number, next: number] {
  const window = text.slice(start, start + longest + 1)
  for (const separator of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(separator)
    if (at >= longest * shortestPiece) return [start + at, start + at + separator.length]
  }
  const whole = start + wholeCharacters(text.slice(start, start + longest + longestCharacter), longest)
  return [whole, whole]
}

/** Where the last character ends before a place: what people see as one is not torn, and may be made of several. */
function wholeCharacters(text: string, end: number): number {
  const character = segments.segment(text).containing(end)
  return character && character.index > 0 ? character.index : end
}
