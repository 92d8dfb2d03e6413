/** Ends a text before the first of some texts, however it is cut into pieces: not every model can be told where to stop. */
export class StopCut {
  readonly #stops: readonly string[]
  #held = ''
  /** Whether such a text came. Nothing is said after it. */
  isCut = false

  constructor(stops: readonly string[] = []) {
    this.#stops = stops
  }

  /** Gives what can be said once another piece has come. What may be the beginning of a text to stop at is held back. */
  next(piece: string): string {
    if (this.isCut) return ''
    const text = this.#held + piece
    const ends = this.#stops.map((stop) => text.indexOf(stop)).filter((at) => at !== -1)
    this.isCut = ends.length > 0
    const end = this.isCut ? Math.min(...ends) : text.length - this.#begun(text)
    this.#held = this.isCut ? '' : text.slice(end)
    return text.slice(0, end)
  }

  /** Gives what was held back, once no more pieces come. */
  rest(): string {
    const rest = this.#held
    this.#held = ''
    return rest
  }

  /** How many of the last characters a text to stop at may begin with. */
  #begun(text: string): number {
    const lengths = this.#stops.map((stop) => {
      let length = Math.min(stop.length - 1, text.length)
      while (length > 0 && !text.endsWith(stop.slice(0, length))) length -= 1
      return length
    })
    return Math.max(0, ...lengths)
  }
}
