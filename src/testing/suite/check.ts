/** One thing that is checked. */
export interface Check {
  /** Its name, which stays the same: `generateContent/output`. */
  readonly name: string
  /** What has to hold, in a sentence. */
  readonly title: string
  /** Throws what it fails of, or why it is skipped. What it gives is worth telling though it passed. */
  run(): Promise<string | void>
}
