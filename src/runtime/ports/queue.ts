/**
 * Does the work of a lane: everything that waits in it and is due, in order. Gives after how many milliseconds it is to
 * be called again; undefined if nothing waits.
 */
export type LaneWorker = (lane: string) => Promise<number | undefined>

/** Wakes the workers of lanes. A lane is worked on by one worker at a time; different lanes do not wait for one another. */
export interface Queue extends AsyncDisposable {
  /** Says that something waits in a lane. */
  wake(lane: string): Promise<void>
  /** Sets the worker. Returns once it is called for what was woken before. */
  start(worker: LaneWorker): Promise<void>
  /** Resolves when nothing is being worked on and nothing waits, not even for its time. */
  idle(): Promise<void>
}
