/** What was counted of a billable action. */
export interface MeterReading {
  /** How many calls were begun. */
  readonly calls: number
  /** How many of them failed. */
  readonly failures: number
  /** How many of them were aborted, or, of a stream, left before the end. What they cost is not known. */
  readonly aborted: number
  /** How many of them gave an output that does not say what it cost. */
  readonly unpriced: number
  /** What the others cost together, in US dollars. */
  readonly cost: number
}

/** What the policies of one binding keep between calls. All actions of the binding share it; a new binding starts with a new one. */
export class PolicyState {
  readonly #parts = new Map<number, unknown>()
  readonly #readings = new Map<string, { -readonly [K in keyof MeterReading]: number }>()

  /** What the policy at a place of the binding keeps; created when it is first asked for. */
  part<T>(place: number, create: () => T): T {
    if (!this.#parts.has(place)) this.#parts.set(place, create())
    return this.#parts.get(place) as T
  }

  /** Counts something of an action. */
  count(action: string, what: keyof MeterReading, by = 1): void {
    const reading = this.#readings.get(action) ?? { calls: 0, failures: 0, aborted: 0, unpriced: 0, cost: 0 }
    reading[what] += by
    this.#readings.set(action, reading)
  }

  /** What `meter` has counted until now, by action. An action that was not called is not in it. */
  get meter(): Readonly<Record<string, MeterReading>> {
    return Object.fromEntries([...this.#readings].map(([action, reading]) => [action, { ...reading }]))
  }
}
