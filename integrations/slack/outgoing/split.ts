import { type Formatted, isBlank, type Line, type Run, trimmed } from './formatted.ts'
import { lengthOf } from './mrkdwn.ts'

/** The most characters that Slack takes for a message that can be changed, and for a section. */
export const longestText = 4000
export const longestSection = 3000

/** What fences and ends of lines take at most, of a piece. */
const spare = 20
/** Before which a piece is not ended for the sake of a paragraph. */
const shortestPiece = 0.5
const segments = new Intl.Segmenter()

/** A text in pieces that Slack takes, ended where a paragraph, a line or a word ends if there is one. None is blank. */
export function split(lines: Formatted, longest = longestText): Formatted[] {
  const most = longest - spare
  const pieces: Line[][] = [[]]
  let length = 0
  for (const line of lines.flatMap((one) => shortened(one, most))) {
    const piece = pieces.at(-1) as Line[]
    const next = lengthOf(line) + 1
    if (length + next > most && piece.length > 0) {
      const rest = afterParagraph(piece, most)
      pieces.push([...rest, line])
      length = total(rest) + next
    } else {
      piece.push(line)
      length += next
    }
  }
  return pieces.map(trimmed).filter((piece) => piece.length > 0)
}

const total = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + lengthOf(line) + 1, 0)

/** Takes what stands behind the last paragraph that is whole out of a piece, if enough of the piece is left. */
function afterParagraph(piece: Line[], most: number): Line[] {
  const end = piece.findLastIndex((line) => isBlank(line) && !line.isCode)
  return end > 0 && total(piece.slice(0, end)) >= most * shortestPiece ? piece.splice(end) : []
}

/** A line that is too long by itself, in several: cut between words, or at least between what people see as characters. */
function shortened(line: Line, most: number): Line[] {
  if (lengthOf(line) <= most) return [line]
  const lines: Run[][] = [[]]
  for (const run of line.runs) {
    for (const piece of piecesOf(run, line, most)) {
      const runs = lines.at(-1) as Run[]
      if (runs.length > 0 && lengthOf({ ...line, runs: [...runs, piece] }) > most) lines.push([piece])
      else runs.push(piece)
    }
  }
  return lines.map((runs) => ({ ...line, runs }))
}

function piecesOf(run: Run, line: Line, most: number): Run[] {
  const fits = (text: string): boolean => lengthOf({ ...line, runs: [{ ...run, text }] }) <= most
  if (fits(run.text)) return [run]
  const words = run.text.split(/(?<= )/)
  const parts = words.flatMap((word) =>
    fits(word) ? [word] : [...segments.segment(word)].map(({ segment }) => segment),
  )
  const pieces: string[] = []
  let piece = ''
  // What a run is written with stays the same, so that lengths can be added up.
  const around = lengthOf({ ...line, runs: [{ ...run, text: 'x' }] }) - 1
  let length = around
  for (const part of parts) {
    const added = lengthOf({ runs: [{ text: part }] })
    if (length + added > most && piece !== '') {
      pieces.push(piece)
      piece = ''
      length = around
    }
    piece += part
    length += added
  }
  return [...pieces, piece].map((text) => ({ ...run, text: line.isCode ? text : text.trimEnd() }))
}
