/** Which part of which message of the bot something is. */
export interface PartOf {
  /** The id of the message here. */
  readonly messageId: string
  /** Whether no other part follows. */
  readonly isLast: boolean
}

const form = /^plugboard\/([^/]{1,200})\/(\d{1,4})\/(\d{1,4})$/

/**
 * What goes with a part of a message, and comes back with everything that WhatsApp tells of it. By what WhatsApp itself calls it,
 * the message could not be found yet when that is told within the same moment.
 */
export function partMark(messageId: string, index: number, count: number): string {
  return `plugboard/${messageId}/${index + 1}/${count}`
}

/** What such a mark says; undefined for one that is another's. */
export function partFrom(mark: string | undefined): PartOf | undefined {
  const [, messageId, number, count] = form.exec(mark ?? '') ?? []
  return messageId === undefined ? undefined : { messageId, isLast: number === count }
}
