import type { Store } from '../../ports/store.ts'
import type { Unit, UnitContext } from '../unit.ts'
import { expireStates, nextExpiry } from './states.ts'

export function* lookAhead(context: UnitContext): Unit<Awaited<ReturnType<Store['lookAhead']>>> {
  return { now: context.now, next: yield* nextExpiry(context) }
}

export function* settleDue(
  context: UnitContext,
  { heard, limit }: Parameters<Store['settleDue']>[0],
): Unit<readonly string[]> {
  return yield* expireStates(context, heard, limit)
}
