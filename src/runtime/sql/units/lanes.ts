import { PlugboardError } from '../../../errors/index.ts'
import { isOutgoing } from '../../ports/lane-names.ts'
import type { Claim } from '../../ports/claim.ts'
import type { Store } from '../../ports/store.ts'
import { prepared } from '../prepared.ts'
import { newId } from '../../new-id.ts'
import { demand, row, rows, run, type Unit, type UnitContext } from '../unit.ts'

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

export function* claim(context: UnitContext, lane: string, worker: string): Unit<Claim | undefined> {
  const claimed = yield* row(claiming(context, lane, worker))
  return claimed && { lane, token: claimed.token, claims: claimed.claims }
}

/** The statement that takes a lane; it has no row if a living worker has it. */
export const claiming = (context: UnitContext, lane: string, worker: string) =>
  claimingOf(context, { lane, worker, token: newId(context.now), now: context.now })

const claimingOf = prepared((db, { lane, worker, token, now }: Record<'lane' | 'worker' | 'token', string> & Now) => {
  const living = db.selectFrom('workers').select('id').where('id', '<>', worker).where('until', '>', now)
  return db
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
    .returning(['token', 'claims'])
})
interface Now {
  readonly now: number
}

export function* holds({ db }: UnitContext, { lane, token }: Claim): Unit<boolean> {
  const held = db.selectFrom('lanes').select('lane').where('lane', '=', lane).where('token', '=', token)
  return (yield* row(held)) !== undefined
}

/**
 * Gives the lane free. Tells whether something waits in it: what came after the last look must not be forgotten, so this
 * looks once the lane is free, and not at what is another's by now.
 */
export function* release(context: UnitContext, { lane, token }: Claim): Unit<boolean> {
  yield* run(releaseOf(context, { lane, token }))
  return (yield* row(waitsIn[tableOf(lane)](context, { lane }))) !== undefined
}

const releaseOf = prepared((db, { lane, token }: Held) =>
  db.deleteFrom('lanes').where('lane', '=', lane).where('token', '=', token),
)
type Held = Pick<Claim, 'lane' | 'token'>

/** Where what waits in a lane is. */
export const tableOf = (lane: string): 'inbox' | 'outbox' => (isOutgoing(lane) ? 'outbox' : 'inbox')

const waitsIn = {
  inbox: prepared((db, { lane }: OfLane) => waitingOf(db, 'inbox', lane)),
  outbox: prepared((db, { lane }: OfLane) => waitingOf(db, 'outbox', lane)),
}
type OfLane = Pick<Claim, 'lane'>

function waitingOf(db: UnitContext['db'], table: 'inbox' | 'outbox', lane: string) {
  const taken = db.selectFrom('lanes').select('lane').where('lane', '=', lane)
  return db
    .selectFrom(table)
    .select('id')
    .where('lane', '=', lane)
    .where(({ not, exists }) => not(exists(taken)))
    .limit(1)
}

/** The statement that gives a lane free if nothing waits in it; it has a row if it did. */
export const freeing = (context: UnitContext, { lane, token }: Claim) =>
  freeingOf[tableOf(lane)](context, { lane, token })

const freeingOf = {
  inbox: prepared((db, held: Held) => freeingFrom(db, 'inbox', held)),
  outbox: prepared((db, held: Held) => freeingFrom(db, 'outbox', held)),
}

function freeingFrom(db: UnitContext['db'], table: 'inbox' | 'outbox', { lane, token }: Held) {
  const waiting = db.selectFrom(table).select('id').where('lane', '=', lane)
  return db
    .deleteFrom('lanes')
    .where('lane', '=', lane)
    .where('token', '=', token)
    .where(({ not, exists }) => not(exists(waiting)))
    .returning('lane')
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
export function* hold(context: UnitContext, { lane, token }: Claim): Unit<void> {
  yield* demand(
    holding(context, { lane, token }),
    () =>
      new PlugboardError({
        code: 'lease_lost',
        message: `lane '${lane}' is worked on by another process: this one was taken for dead`,
        retryable: true,
      }),
  )
}

const holding = prepared((db, { lane, token }: Held) =>
  db.updateTable('lanes').set({ claims: 0 }).where('lane', '=', lane).where('token', '=', token).returning('lane'),
)
