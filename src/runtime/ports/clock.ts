/** Time, as the runtime sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds; rejects with the code `aborted` when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
