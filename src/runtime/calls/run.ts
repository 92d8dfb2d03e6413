/** One run of a handler, or one call from outside: what its calls are made with. */
export interface Run {
  /** Aborts the calls that it makes; undefined where nothing can. */
  readonly signal: AbortSignal | undefined
  /** Whether the code that makes the calls is itself cut off when the signal aborts, so that no call of it has to be. */
  readonly cutOff: boolean
  /** When the code that makes the calls is cut off, in milliseconds since 1970; undefined where nothing says. */
  readonly deadline?: number | undefined
  /** A key for its next call: the same for the same call of every attempt. */
  nextKey(): string
}

/** The signal of a call: that of the caller, that of the run, or both. */
export function signalOf(run: Run, signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || run.signal === undefined) return signal ?? run.signal
  return AbortSignal.any([signal, run.signal])
}
