import { piecesOf } from './pieces.ts'
import type { Line } from './unread.ts'

/** The summary of a conversation so far. */
export interface Summary {
  readonly text: string
  /** How many messages it covers. */
  readonly messages: number
  /** The id of the latest of them. */
  readonly upTo: string
  /** Where the page begins on which that is; undefined for the first page. */
  readonly cursor?: string | undefined
}

/** How a summary is made. */
export interface Rolling {
  /** The longest piece, in characters. */
  readonly pieceLength: number
  /** Makes the summary of a piece of a conversation and of the summary of what came before, which may be empty. */
  summarize(piece: string, before: string): Promise<string>
  /** Keeps a summary that covers whole messages, so that what fails later does not begin from the start. */
  keep(summary: Summary): Promise<unknown>
}

/** Brings a summary up to date, piece by piece. */
export async function roll(
  before: Summary | undefined,
  lines: readonly Line[],
  { pieceLength, summarize, keep }: Rolling,
): Promise<Summary | undefined> {
  let summary = before
  let text = before?.text ?? ''
  let messages = before?.messages ?? 0
  for (const piece of piecesOf(lines, pieceLength)) {
    text = await summarize(piece.text, text)
    messages += piece.lines
    if (!piece.last) continue
    const { id, cursor } = piece.last
    summary = { text, messages, upTo: id, ...(cursor !== undefined && { cursor }) }
    await keep(summary)
  }
  return summary
}
