import type { Run } from '../calls/run.ts'
import type { BufferedEffects } from '../clients/consumer-client.ts'

/** The results of the steps of a handler, over all of its attempts. */
export interface Journal {
  get(step: string): Promise<{ readonly result: unknown } | undefined>
  save(step: string, result: unknown): Promise<void>
}

/** One run of one handler: the key of its attempts, and what it has done so far. */
export class HandlerRun implements Run {
  readonly signal: AbortSignal
  /** The same for every attempt. */
  readonly key: string
  /** Undefined where nothing is tried again. */
  readonly journal: Journal | undefined
  readonly effects: BufferedEffects = { messages: [], events: [], states: [], tags: [] }
  #calls = 0

  constructor(key: string, signal: AbortSignal, journal?: Journal) {
    this.key = key
    this.signal = signal
    this.journal = journal
  }

  nextKey(): string {
    this.#calls += 1
    return `${this.key}/${this.#calls}`
  }

  /** Whether anything is to be stored. */
  get hasEffects(): boolean {
    return Object.values(this.effects).some((effects) => (effects as readonly unknown[]).length > 0)
  }
}
