import { PlugboardError } from '../../../errors/index.ts'
import { isOutgoing } from '../../ports/lane-names.ts'
import type { Claim, Store } from '../../ports/store.ts'
import { newId } from './new-id.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'

export { incomingLane, outgoingLane } from '../../ports/lane-names.ts'

/** Says that a process lives, and will be taken for alive so many milliseconds. */
export function* beat({ db, now }: UnitContext, worker: string, lease: number): Unit<void> {
  const until = now + lease
  yield* run(
    db
      .insertInto('workers')
      .values({ id: worker, until })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ until })),
    db.deleteFrom('workers').where('until', '<', now - 100 * lease),
  )
}

/** Says that a process has ended. */
export function* leave({ db }: UnitContext, worker: string): Unit<void> {
  yield* run(db.deleteFrom('workers').where('id', '=', worker))
}

export function* claim({ db, now }: UnitContext, lane: string, worker: string): Unit<Claim | undefined> {
  const token = newId(now)
  const living = db.selectFrom('workers').select('id').where('id', '<>', worker).where('until', '>', now)
  const claimed = yield* row(
    db
      .insertInto('lanes')
      .values({ lane, token, worker, claims: 1 })
      .onConflict((conflict) =>
        conflict
          .column('lane')
          .doUpdateSet(({ ref, eb }) => ({
            token,
            worker,
            // Who comes back for a lane has not died over it.
            claims: eb
              .case()
              .when('lanes.worker', '=', worker)
              .then(ref('lanes.claims'))
              .else(eb(ref('lanes.claims'), '+', 1))
              .end(),
          }))
          .where('lanes.worker', 'not in', living),
      )
      .returning(['token', 'claims']),
  )
  return claimed && { lane, token: claimed.token, claims: claimed.claims }
}

export function* holds({ db }: UnitContext, { lane, token }: Claim): Unit<boolean> {
  const held = db.selectFrom('lanes').select('lane').where('lane', '=', lane).where('token', '=', token)
  return (yield* row(held)) !== undefined
}

/**
 * Gives the lane free. Tells whether something waits in it: what came after the last look must not be forgotten, so this
 * looks once the lane is free, and not at what is another's by now.
 */
export function* release({ db }: UnitContext, { lane, token }: Claim): Unit<boolean> {
  yield* run(db.deleteFrom('lanes').where('lane', '=', lane).where('token', '=', token))
  const taken = db.selectFrom('lanes').select('lane').where('lane', '=', lane)
  const waiting = yield* row(
    db
      .selectFrom(isOutgoing(lane) ? 'outbox' : 'inbox')
      .select('id')
      .where('lane', '=', lane)
      .where(({ not, exists }) => not(exists(taken)))
      .limit(1),
  )
  return waiting !== undefined
}

/** The lanes in which something waits and which no living process has. */
export function* waitingLanes({ db, now }: UnitContext): Unit<Awaited<ReturnType<Store['waitingLanes']>>> {
  const taken = db
    .selectFrom('lanes')
    .innerJoin('workers', 'workers.id', 'lanes.worker')
    .select('lanes.lane')
    .where('workers.until', '>', now)
  const waiting = (table: 'inbox' | 'outbox') =>
    db.selectFrom(table).select('lane').distinct().where('not_before', '<=', now).where('lane', 'not in', taken)
  return [...(yield* rows(waiting('inbox'))), ...(yield* rows(waiting('outbox')))].map(({ lane }) => lane)
}

/**
 * Demands that the claim still holds, and keeps it so to the end of the unit.
 * @throws {PlugboardError} with the code `lease_lost`.
 */
export function* hold({ db }: UnitContext, { lane, token }: Claim): Unit<void> {
  const held = yield* row(
    db.updateTable('lanes').set({ claims: 0 }).where('lane', '=', lane).where('token', '=', token).returning('lane'),
  )
  if (!held)
    throw new PlugboardError({
      code: 'lease_lost',
      message: `lane '${lane}' is worked on by another process: this one was taken for dead`,
      retryable: true,
    })
}
