/** The form of the reports that this version writes and reads. */
export const conformanceFormat = 'plugboard.conformance/1'

/** What became of one check of a contract suite. `deviates` failed as it was known to; it counts as passed until its date. */
export type CheckOutcome = 'passed' | 'failed' | 'skipped' | 'deviates'

/** A known failure of a check, and until when it is put up with. */
export interface Deviation {
  /** The name of the check: `scenarios/honours-stop`. */
  readonly check: string
  /** Why it is put up with. */
  readonly reason: string
  /** The last day on which it is: `2027-03-31`. */
  readonly until: string
}

/** One check of a contract suite, with what became of it. */
export interface CheckResult {
  /** Its name, which stays the same: `generateContent/output`. */
  readonly check: string
  /** What it checks, in a sentence. */
  readonly title: string
  readonly outcome: CheckOutcome
  /** Why it failed or was skipped; of one that passed, what is worth knowing. */
  readonly reason?: string
  readonly deviation?: Omit<Deviation, 'check'>
}

/** What a contract suite found out about an integration: plain JSON, which travels with the package. */
export interface ConformanceReport {
  readonly format: typeof conformanceFormat
  readonly interface: { readonly name: string; readonly version: string }
  /** The interfaces that it builds on, whose contracts were checked with it. */
  readonly covers: readonly { readonly name: string; readonly version: string }[]
  readonly integration: { readonly name: string; readonly version: string }
  /** The name of the implementation, where an interface is implemented more than once. */
  readonly as: string
  /** The capabilities that were claimed; the others were not checked. */
  readonly capabilities: readonly string[]
  /** The day of which it speaks: `2026-11-29`. */
  readonly date: string
  /** What the values that it tried were made from. */
  readonly seed: number
  /** Whether no check failed. */
  readonly outcome: 'passed' | 'failed'
  readonly checks: readonly CheckResult[]
}
