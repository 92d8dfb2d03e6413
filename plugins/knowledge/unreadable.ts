/** A file cannot be taken in, for a reason of its own. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}
