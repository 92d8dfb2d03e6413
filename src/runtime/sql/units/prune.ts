import type { Store } from '../../ports/store.ts'
import { rows, type Unit, type UnitContext } from '../unit.ts'
import { pruneContents } from './files.ts'
import { pruneLimits } from './rate-limits.ts'

export function* prune(context: UnitContext, { retention, limit }: Parameters<Store['prune']>[0]): Unit<boolean> {
  const before = context.now - retention
  const counts = [
    yield* pruneDeliveries(context, before, limit),
    yield* pruneEvents(context, before, limit),
    yield* pruneContents(context, limit),
    yield* pruneLimits(context, limit),
  ]
  return counts.some((count) => count === limit)
}

function* pruneDeliveries({ db, dialect }: UnitContext, before: number, limit: number): Unit<number> {
  const old = db.selectFrom('deliveries').select('key').where('at', '<', before).orderBy('at').limit(limit)
  // Another process has what is locked.
  const free = dialect === 'postgres' ? old.forUpdate().skipLocked() : old
  return (yield* rows(db.deleteFrom('deliveries').where('key', 'in', free).returning('key'))).length
}

/** What still waits for its handlers is kept; a dead letter has its event within it. */
function* pruneEvents({ db, dialect }: UnitContext, before: number, limit: number): Unit<number> {
  const waiting = db.selectFrom('inbox').select('record').where('kind', '=', 'event')
  const old = db
    .selectFrom('events')
    .select('id')
    .where('id', '<', firstId(before))
    .where('id', 'not in', waiting)
    .orderBy('id')
    .limit(limit)
  const free = dialect === 'postgres' ? old.forUpdate().skipLocked() : old
  return (yield* rows(db.deleteFrom('events').where('id', 'in', free).returning('id'))).length
}

/** What every id of this time or later is behind: a UUID of version 7 begins with its time. */
function firstId(time: number): string {
  const hex = Math.max(time, 0).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
