import type { Queue } from '../ports/queue.ts'

/** Wakes lanes, one after another. */
export async function wakeAll(queue: Queue, lanes: readonly string[]): Promise<void> {
  for (const lane of lanes) await queue.wake(lane)
}
