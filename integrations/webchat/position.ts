/**
 * What a reader has seen of a conversation: its last message from the visitor, and its last from the bot. Two, because an
 * answer becomes visible only when it was sent, in its place before what the visitor wrote meanwhile; what comes in and what
 * goes out keep their own order.
 */
export interface Position {
  readonly incoming?: string | undefined
  readonly outgoing?: string | undefined
}

/** The position as text: `<incoming>.<outgoing>`, either of which may be empty. */
export function writePosition({ incoming = '', outgoing = '' }: Position): string {
  return `${incoming}.${outgoing}`
}

/** What a position looks like as text. */
export const positionPattern = /^[\w-]{0,100}\.[\w-]{0,100}$/

/** The position that a text says, which must fit the pattern. */
export function readPosition(text: string): Position {
  const [incoming, outgoing] = text.split('.')
  return { incoming: incoming || undefined, outgoing: outgoing || undefined }
}
