import { type Position, writePosition } from './position.ts'

/** What a reader must know of a message. */
export interface Directed {
  readonly id: string
  readonly direction: 'incoming' | 'outgoing'
}

/** Part of the list of a conversation's messages, the oldest first. */
export type ListPage<T> = { readonly items: readonly T[]; readonly nextCursor?: string | undefined }

/** A message that was not seen before, with the position of who has seen it and all that was given before. */
export type Unseen<T> = { readonly message: T; readonly position: string }

type Scan<T> = {
  readonly messages: readonly T[]
  readonly starts: readonly (readonly [index: number, cursor: string])[]
}

/** Reads a conversation bit by bit: each message once, none left out. */
export class ConversationReader<T extends Directed> {
  readonly #list: (cursor: string | undefined) => Promise<ListPage<T>>
  #position: Position
  /** Where the list is read from: nothing before it can change any more. */
  #from: string | undefined

  /** @param after What was seen. Messages of a direction whose last one is unknown are given from the first on. */
  constructor(list: (cursor: string | undefined) => Promise<ListPage<T>>, after: Position = {}) {
    this.#list = list
    this.#position = after
  }

  get position(): string {
    return writePosition(this.#position)
  }

  /** The messages that have become visible since. One call at a time. */
  async read(): Promise<readonly Unseen<T>[]> {
    const { messages, starts } = await this.#settled()
    const last = {
      incoming: this.#indexOfSeen(messages, 'incoming'),
      outgoing: this.#indexOfSeen(messages, 'outgoing'),
    }
    const unseen: Unseen<T>[] = []
    for (const [index, message] of messages.entries()) {
      if (index <= last[message.direction]) continue
      last[message.direction] = index
      this.#position = { ...this.#position, [message.direction]: message.id }
      unseen.push({ message, position: this.position })
    }
    const final = Math.min(last.incoming, last.outgoing)
    this.#from = starts.findLast(([index]) => index <= final)?.[1] ?? this.#from
    return unseen
  }

  #indexOfSeen(messages: readonly T[], direction: Directed['direction']): number {
    const id = this.#position[direction]
    return id === undefined ? -1 : messages.findIndex((message) => message.id === id && message.direction === direction)
  }

  /**
   * The messages as they were at one moment. A list of several pages is read at several: an answer might have come to light
   * behind the reader, and a later one before it. What was there at the end of one scan, the next one finds without a gap.
   */
  async #settled(): Promise<Scan<T>> {
    const first = await this.#scan()
    if (first.starts.length === 0) return first
    const second = await this.#scan()
    const lastOf = (direction: Directed['direction']): number => {
      const id = first.messages.findLast((message) => message.direction === direction)?.id
      return second.messages.findIndex((message) => message.id === id)
    }
    const last = { incoming: lastOf('incoming'), outgoing: lastOf('outgoing') }
    return { ...second, messages: second.messages.filter(({ direction }, index) => index <= last[direction]) }
  }

  async #scan(): Promise<Scan<T>> {
    const messages = new Map<string, T>()
    const starts: [number, string][] = []
    for (let cursor = this.#from; ;) {
      const { items, nextCursor } = await this.#list(cursor)
      // A list that grows in the middle while it is read repeats what has moved on.
      for (const message of items) messages.set(message.id, message)
      if (nextCursor === undefined) return { messages: [...messages.values()], starts }
      starts.push([messages.size, nextCursor])
      cursor = nextCursor
    }
  }
}
