import type { TerminalSaying } from './terminal.ts'

/**
 * Prints what the bot says. What was printed cannot be taken back: a text that is being made is printed as far as it goes
 * on from what stands there, and one that turns out otherwise is printed anew, on a line of its own.
 */
export class Printer {
  readonly #write: (text: string) => void
  /** What stands in the line that is not ended. */
  #open: { readonly messageId: string; readonly text: string } | undefined

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  print({ messageId, text, draft }: TerminalSaying): void {
    if (this.#open && this.#open.messageId !== messageId) {
      // Another message waits until this one is done.
      if (draft !== false) return
      this.endLine()
    }
    const stands = this.#open?.text ?? ''
    if (draft === 'discarded') this.endLine()
    else if (text.startsWith(stands)) {
      this.#write(text.slice(stands.length))
      this.#open = { messageId, text }
    } else if (draft) return
    else {
      this.endLine()
      this.#write(text)
      this.#open = { messageId, text }
    }
    if (draft === false) this.endLine()
  }

  /** Ends the line of what is not to be said to its end. */
  endLine(): void {
    if (this.#open) this.#write('\n')
    this.#open = undefined
  }
}
