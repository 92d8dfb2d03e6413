import { inspect } from 'node:util'

const mark = '•••'

/** A value that is not seen by accident: not in a log, an error, JSON or a template. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Whoever asks for it answers for where it goes. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return mark
  }

  toJSON(): string {
    return mark
  }

  [inspect.custom](): string {
    return mark
  }
}
