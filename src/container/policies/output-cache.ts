import { copyOf } from './plain-data.ts'

/** Outputs by key, each for a while, and no more than so many: the one used longest ago goes first. */
export class OutputCache {
  /** In the order in which they were used. */
  readonly #outputs = new Map<string, { readonly output: unknown; readonly until: number }>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** A copy of what is kept under a key, so that whoever changes it does not change what is kept. */
  get(key: string, now: number): { readonly output: unknown } | undefined {
    const kept = this.#outputs.get(key)
    if (!kept) return undefined
    this.#outputs.delete(key)
    if (now >= kept.until) return undefined
    this.#outputs.set(key, kept)
    return { output: copyOf(kept.output) }
  }

  /** Keeps a copy of an output. */
  set(key: string, output: unknown, until: number): void {
    this.#outputs.delete(key)
    this.#outputs.set(key, { output: copyOf(output), until })
    for (const oldest of this.#outputs.keys()) {
      if (this.#outputs.size <= this.#limit) return
      this.#outputs.delete(oldest)
    }
  }
}
