import { PlugboardError } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { LaneWorker } from '../ports/queue.ts'
import type { Claim } from '../ports/claim.ts'
import type { Store } from '../ports/store.ts'
import type { Waiting } from '../ports/lane-store.ts'
import type { IncomingPipeline } from './incoming.ts'
import type { OutgoingPipeline } from './outgoing.ts'
import type { Progress } from './progress.ts'

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
  const workOn = (claim: Claim, waiting: Waiting, crashed: boolean): Promise<Progress> => {
    const { item } = waiting
    if ('record' in item) return crashed ? incoming.crashed(claim, item) : incoming.handle(claim, item, waiting)
    return crashed ? outgoing.crashed(claim, item) : outgoing.send(claim, item, waiting)
  }
  const work = async (lane: string): Promise<number | undefined> => {
    const taken = await store.take(lane, worker)
    if (!taken) return undefined
    const { claim } = taken
    let { next } = taken
    let crashed = claim.claims > mostClaims
    while (next && !stopping.aborted) {
      const early = next.item.notBefore - clock.now()
      const progress = early > 0 ? early : await workOn(claim, next, crashed)
      crashed = false
      if (typeof progress === 'number') {
        await store.release(claim)
        return progress
      }
      // What has come since the lane was given free, whoever takes it does.
      if (progress.free) return progress.next && 0
      next = progress.next
    }
    return (await store.release(claim)) ? 0 : undefined
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
