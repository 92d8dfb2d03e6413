/** Pieces of a text, on their way from whoever makes them to the one who reads them. */
export class Pieces implements AsyncIterable<string> {
  readonly #waiting: string[] = []
  #ended = false
  #wake = (): void => {}
  /** Whether anything has come. */
  hadAny = false

  push(piece: string): void {
    this.hadAny = true
    this.#waiting.push(piece)
    this.#wake()
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, void> {
    for (;;) {
      const piece = this.#waiting.shift()
      if (piece !== undefined) yield piece
      else if (this.#ended) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}
