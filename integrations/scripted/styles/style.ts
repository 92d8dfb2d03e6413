/** A way of saying things. */
export interface Style {
  readonly name: string
  /** The words by which a system prompt asks for it. */
  readonly asked: RegExp
  /** More such words, that count only where a text is to be rewritten: "keep it short" is no style of a whole conversation. */
  readonly askedOfRewriting?: RegExp
  /** Says a text in this way. */
  readonly apply: (text: string) => string
}
