import { randomBytes } from 'node:crypto'

/** The bytes that PostgreSQL takes in one NOTIFY. */
const longest = 7999

/** What was announced with data. */
export interface Notice {
  readonly topic: string
  readonly data: string
}

/** Writes what a process announces: each notice as one or more texts, none longer than NOTIFY takes. */
export class NoticeWriter {
  /** What tells this process from others. */
  readonly sender = randomBytes(6).toString('base64url')
  #last = 0

  /** One that fits is written as it is; one that does not, in pieces. No two texts are equal, since equal ones are sent once. */
  write({ topic, data }: Notice): readonly string[] {
    this.#last += 1
    const whole = `${topic}\n${this.sender} ${this.#last}\n${data}`
    if (Buffer.byteLength(whole) <= longest) return [whole]
    const bytes = Buffer.from(data)
    const head = (piece: number, pieces: number): string =>
      `${topic}\n${this.sender} ${this.#last} ${piece} ${pieces}\n`
    // Base 64 makes four characters of three bytes, and cuts no character in two.
    const size = Math.floor((longest - Buffer.byteLength(head(bytes.length, bytes.length))) / 4) * 3
    const pieces = Math.ceil(bytes.length / size)
    return Array.from({ length: pieces }, (_, index) => {
      const piece = bytes.subarray(index * size, (index + 1) * size)
      return `${head(index + 1, pieces)}${piece.toString('base64')}`
    })
  }
}

/** Puts together what other processes have written. */
export class NoticeReader {
  readonly #own: string
  /** The pieces of a notice that is not whole yet, by sender: each sends one notice after another. */
  readonly #begun = new Map<string, { readonly number: string; readonly pieces: Buffer[] }>()

  /** @param own The sender whose notices are not read. */
  constructor(own: string) {
    this.#own = own
  }

  /** Gives the notice that a text ends, or the topic alone where it has no data; undefined for pieces before the last. */
  read(text: string): Notice | { readonly topic: string; readonly data: undefined } | undefined {
    const [topic = '', head, ...rest] = text.split('\n')
    if (head === undefined) return { topic, data: undefined }
    const [sender = '', number = '', piece, pieces] = head.split(' ')
    if (sender === this.#own) return undefined
    const data = rest.join('\n')
    if (piece === undefined) return { topic, data }
    const begun = this.#begun.get(sender)
    const before = begun?.number === number ? begun.pieces : []
    this.#begun.delete(sender)
    // Of a notice one of whose pieces was lost, the rest is of no use.
    if (before.length + 1 !== Number(piece)) return undefined
    before.push(Buffer.from(data, 'base64'))
    if (piece === pieces) return { topic, data: Buffer.concat(before).toString() }
    this.#begun.set(sender, { number, pieces: before })
    return undefined
  }

  /** Forgets what is not whole. */
  clear(): void {
    this.#begun.clear()
  }
}
