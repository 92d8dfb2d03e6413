import type { LaneWorker, Queue } from '../ports/queue.ts'
import type { Store } from '../ports/store.ts'
import type { IncomingPipeline } from './incoming.ts'
import type { OutgoingPipeline } from './outgoing.ts'

/** Works on a lane until nothing waits in it or the bot stops: what came in for its handlers, what goes out for its channel. */
export function laneWorker(
  store: Store,
  incoming: IncomingPipeline,
  outgoing: OutgoingPipeline,
  stopping: AbortSignal,
): LaneWorker {
  return async (lane) => {
    while (!stopping.aborted) {
      const inbox = await store.nextInbox(lane)
      if (inbox) {
        await incoming.handle(inbox)
        continue
      }
      const outbox = await store.nextOutbox(lane)
      if (!outbox) return
      await outgoing.send(outbox)
    }
  }
}

/** Wakes lanes, one after another. */
export async function wakeAll(queue: Queue, lanes: readonly string[]): Promise<void> {
  for (const lane of lanes) await queue.wake(lane)
}
