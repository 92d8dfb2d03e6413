/** A call of an integration's action that has ended. */
export interface CallRecord {
  /** The alias of the plugin; `bot` for the bot's own code. */
  readonly consumer: string
  /** The name of the need; undefined for a call by alias. */
  readonly need: string | undefined
  /** The name of the interface; undefined for a call by alias. */
  readonly interface: string | undefined
  /** The alias of the integration. */
  readonly integration: string
  readonly action: string
  /** How long it took, in milliseconds. */
  readonly duration: number
  /** The code of the error it ended with; undefined where it succeeded. */
  readonly error: string | undefined
  /** What it cost, in US dollars, where that is known. */
  readonly cost: number | undefined
  readonly output: unknown
}

/** Takes the records of calls. Must not throw. */
export type CallObserver = (record: CallRecord) => void
