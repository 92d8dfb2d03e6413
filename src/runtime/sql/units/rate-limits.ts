import { freeAt, promising, taking, type Window, windowAt } from '../../limits/window.ts'
import type { Limit, Place, PlaceRequest } from '../../ports/limit-store.ts'
import type { Claim } from '../../ports/claim.ts'
import type { OutboxItem } from '../../ports/lane-store.ts'
import { rows, run, type Unit, type UnitContext } from '../unit.ts'
import { hold } from './lanes.ts'
import { toJson } from './records.ts'

export function* takePlace(
  context: UnitContext,
  limits: readonly Limit[],
  { promised = false, as = 'take', patience = Infinity }: PlaceRequest,
): Unit<Place> {
  const { now } = context
  const windows = yield* lockedWindows(context, limits)
  const places = limits.map((limit) => {
    const window = windowAt(windows.get(limit.key) as Window, limit, now)
    const free = freeAt(window, limit, now)
    const waits = free > now || (limit.queues && !promised && window.next > now)
    return { limit, window, free, waits }
  })
  const full = places.filter(({ waits }) => waits)
  if (full.length === 0) {
    if (as !== 'look') for (const { limit, window } of places) yield* keep(context, limit, taking(window, limit, now))
    return { wait: 0, promised: false }
  }
  const told = full.map(({ limit, window, free }) =>
    limit.queues && !promised ? { limit, ...promising(window, limit, now) } : { limit, at: free, window: undefined },
  )
  const wait = Math.max(1, Math.ceil(Math.max(...told.map(({ at }) => at)) - now))
  const comes = as !== 'spare' && wait <= patience
  if (comes) for (const { limit, window } of told) if (window) yield* keep(context, limit, window)
  return { wait, promised: promised || (comes && told.some(({ window }) => window !== undefined)) }
}

export function* takeOutboxPlace(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  limits: readonly Limit[],
  as: 'take' | 'look',
): Unit<number> {
  yield* hold(context, claim)
  const { wait, promised } = yield* takePlace(context, limits, { promised: item.state === 'promised', as })
  if (wait > 0)
    yield* run(
      context.db
        .updateTable('outbox')
        .set({ not_before: context.now + wait, ...(promised && { state: 'promised' as const }) })
        .where('id', '=', item.id),
    )
  return wait
}

export function* delayOutbox(context: UnitContext, claim: Claim, item: OutboxItem, notBefore: number): Unit<void> {
  yield* hold(context, claim)
  yield* run(context.db.updateTable('outbox').set({ not_before: notBefore }).where('id', '=', item.id))
}

export function* pauseUntil({ db, now }: UnitContext, key: string, until: number): Unit<void> {
  yield* run(
    db.deleteFrom('pauses').where('until', '<', now),
    db
      .insertInto('pauses')
      .values({ key, until })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ until }).where('pauses.until', '<', until)),
  )
}

export function* listPauses({
  db,
  now,
}: UnitContext): Unit<readonly { readonly key: string; readonly until: number }[]> {
  return yield* rows(db.selectFrom('pauses').selectAll().where('until', '>', now))
}

/** Forgets windows that are empty. */
export function* pruneLimits({ db, now, dialect }: UnitContext, limit: number): Unit<number> {
  const old = db.selectFrom('rate_limits').select('key').where('until', '<', now).orderBy('until').limit(limit)
  // Another process has what is locked.
  const free = dialect === 'postgres' ? old.forUpdate().skipLocked() : old
  return (yield* rows(db.deleteFrom('rate_limits').where('key', 'in', free).returning('key'))).length
}

/** The windows, kept for this unit alone until its end. */
function* lockedWindows({ db }: UnitContext, limits: readonly Limit[]): Unit<ReadonlyMap<string, Window>> {
  // In one order, so that no two units wait for each other.
  const keys = [...new Set(limits.map(({ key }) => key))].toSorted()
  const found = yield* rows(
    db
      .insertInto('rate_limits')
      .values(keys.map((key) => ({ key, taken: '[]', next: 0, until: 0 })))
      .onConflict((conflict) => conflict.column('key').doUpdateSet(({ ref }) => ({ key: ref('excluded.key') })))
      .returning(['key', 'taken', 'next']),
  )
  return new Map(found.map(({ key, taken, next }) => [key, { taken: JSON.parse(taken) as Window['taken'], next }]))
}

function* keep({ db }: UnitContext, { key, per }: Limit, { taken, next }: Window): Unit<void> {
  const until = Math.ceil(Math.max((taken.at(-1)?.[0] ?? 0) + per, next))
  yield* run(
    db
      .updateTable('rate_limits')
      .set({ taken: toJson(taken), next, until })
      .where('key', '=', key),
  )
}
