import type { Line } from './unread.ts'

/** What is read to the model at once, and the latest message that it ends with, if it ends with one. */
export interface Piece {
  readonly text: string
  readonly lines: number
  readonly last: Line | undefined
}

/** Cuts lines into pieces of a length, between messages where that is possible. */
export function piecesOf(lines: readonly Line[], length: number): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  let count = 0
  let last: Line | undefined
  const close = (): void => {
    if (text !== '') pieces.push({ text, lines: count, last })
    text = ''
    count = 0
    last = undefined
  }
  for (const line of lines) {
    if (text !== '' && text.length + line.text.length + 1 > length) close()
    let rest = line.text
    while (rest.length > length) {
      text = rest.slice(0, length)
      rest = rest.slice(length)
      close()
    }
    text += text === '' ? rest : `\n${rest}`
    count += 1
    last = line
  }
  close()
  return pieces
}
