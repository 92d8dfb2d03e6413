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
    return { output: structuredClone(kept.output) }
  }

  /** Keeps a copy of an output. */
  set(key: string, output: unknown, until: number): void {
    this.#outputs.delete(key)
    this.#outputs.set(key, { output: structuredClone(output), until })
    for (const oldest of this.#outputs.keys()) {
      if (this.#outputs.size <= this.#limit) return
      this.#outputs.delete(oldest)
    }
  }
}

/** The prototypes that a structured clone keeps. */
const copied: ReadonlySet<unknown> = new Set(
  [Object, Array, Date, Map, Set, Uint8Array].map(({ prototype }: { prototype: unknown }) => prototype),
)

/** Whether a structured clone of a value is its equal: instances of classes and functions have none. */
export function isCopyable(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return false
  if (typeof value !== 'object' || value === null) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && !copied.has(prototype)) return false
  if (value instanceof Uint8Array) return true
  if (value instanceof Map) return [...value].flat().every(isCopyable)
  return (value instanceof Set ? [...value] : Object.values(value)).every(isCopyable)
}
