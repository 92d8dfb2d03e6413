import type { Store } from '../../ports/store.ts'
import type { Unit, UnitContext } from '../unit.ts'
import { expireStates, nextExpiry } from './states.ts'
import { nextWorkflow, settleWorkflows } from './workflows.ts'

export function* lookAhead(context: UnitContext): Unit<Awaited<ReturnType<Store['lookAhead']>>> {
  const expiry = yield* nextExpiry(context)
  const times = [...(yield* nextWorkflow(context)), ...(expiry === undefined ? [] : [expiry])]
  return { now: context.now, next: times.length === 0 ? undefined : Math.min(...times) }
}

export function* settleDue(
  context: UnitContext,
  { heard, limit }: Parameters<Store['settleDue']>[0],
): Unit<readonly string[]> {
  return [...(yield* expireStates(context, heard, limit)), ...(yield* settleWorkflows(context, limit))]
}
