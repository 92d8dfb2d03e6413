/** Why people get a notice in the place of an answer. */
export type Reason = 'filtered' | 'tooLong'

/** There is no answer, for a reason that trying again does not change. */
export class Withheld extends Error {
  override readonly name = 'Withheld'
  readonly reason: Reason

  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }
}
