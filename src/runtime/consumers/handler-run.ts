import type { Run } from '../calls/run.ts'
import type { BufferedEffects } from '../clients/consumer-client.ts'

/** One run of one handler: the key of its attempts, and what it has done so far. */
export class HandlerRun implements Run {
  readonly signal: AbortSignal
  /** The same for every attempt. */
  readonly key: string
  readonly effects: BufferedEffects = { messages: [], events: [], states: [], tags: [] }
  #calls = 0

  constructor(key: string, signal: AbortSignal) {
    this.key = key
    this.signal = signal
  }

  nextKey(): string {
    this.#calls += 1
    return `${this.key}/${this.#calls}`
  }

  /** Whether anything is to be stored. */
  get hasEffects(): boolean {
    const { messages, events, states, tags } = this.effects
    return messages.length + events.length + states.length + tags.length > 0
  }
}
