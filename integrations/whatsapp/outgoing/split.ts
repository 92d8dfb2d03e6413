import { texts } from 'plugboard'

/** The most characters of a text, of what stands below a picture, and of what stands above buttons. */
export const longestText = 4096
export const longestCaption = 1024
export const longestBody = 1024

const fence = '```'

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
    const { end, next } = texts.cut(text, start, room)
    const piece = text.slice(start, end)
    const begun: string = isCode ? `${fence}\n${piece}` : piece
    isCode = begun.split(fence).length % 2 === 0
    pieces.push((isCode ? `${begun}\n${fence}` : begun).trim())
    start = next
  }
  return pieces.filter((piece) => piece !== '')
}
