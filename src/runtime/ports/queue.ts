/** What does the work of a lane: everything that waits in it, in order. */
export type LaneWorker = (lane: string) => Promise<void>

/** Wakes the workers of lanes. A lane is worked on by one worker at a time; different lanes do not wait for one another. */
export interface Queue extends AsyncDisposable {
  /** Says that something waits in a lane. */
  wake(lane: string): Promise<void>
  /** Sets the worker. Returns once it is called for what was woken before. */
  start(worker: LaneWorker): Promise<void>
  /** Resolves when nothing is being worked on and nothing waits. */
  idle(): Promise<void>
}
