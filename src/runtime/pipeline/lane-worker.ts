import { PlugboardError } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import { isOutgoing } from '../ports/lane-names.ts'
import type { LaneWorker, Queue } from '../ports/queue.ts'
import type { Claim, Store } from '../ports/store.ts'
import type { IncomingPipeline } from './incoming.ts'
import type { OutgoingPipeline } from './outgoing.ts'

/** What the worker of lanes works with. */
export interface LaneServices {
  readonly store: Store
  readonly clock: Clock
  readonly incoming: IncomingPipeline
  readonly outgoing: OutgoingPipeline
  readonly stopping: AbortSignal
  /** The name of this process among those that share the store. */
  readonly worker: string
}

/** How often processes may end over one lane before what waits first in it is put aside. */
const mostClaims = 5

/** Works on a lane until nothing waits in it or the bot stops: what came in for its handlers, what goes out for its channel. */
export function laneWorker({ store, clock, incoming, outgoing, stopping, worker }: LaneServices): LaneWorker {
  /** Does what comes first; gives how long it wants to wait, or undefined when nothing is left. */
  const next = async (claim: Claim, crashed: boolean): Promise<number | undefined> => {
    const { lane } = claim
    const item = await (isOutgoing(lane) ? store.nextOutbox(lane) : store.nextInbox(lane))
    if (!item) return undefined
    const early = item.notBefore - clock.now()
    if (early > 0) return early
    if ('record' in item) return (await (crashed ? incoming.crashed(claim, item) : incoming.handle(claim, item))) ?? 0
    return (await (crashed ? outgoing.crashed(claim, item) : outgoing.send(claim, item))) ?? 0
  }
  const work = async (lane: string): Promise<number | undefined> => {
    const claim = await store.claim(lane, worker)
    if (!claim) return undefined
    let wait: number | undefined = 0
    let crashed = claim.claims > mostClaims
    while (wait === 0 && !stopping.aborted) {
      wait = await next(claim, crashed)
      crashed = false
    }
    const more = await store.release(claim)
    return wait ?? (more ? 0 : undefined)
  }
  return async (lane) => {
    let wait: number | undefined
    try {
      wait = await work(lane)
    } catch (error) {
      // Whoever has the lane now does the work.
      if (PlugboardError.isInstance(error) && error.code === 'lease_lost') return undefined
      if (!(PlugboardError.isInstance(error) && error.code === 'store_failed')) throw error
      // What is not given free is still this process's, which comes back for it.
      wait = 1000
    }
    return stopping.aborted ? undefined : wait
  }
}

/** Wakes lanes, one after another. */
export async function wakeAll(queue: Queue, lanes: readonly string[]): Promise<void> {
  for (const lane of lanes) await queue.wake(lane)
}
