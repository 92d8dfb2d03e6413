import type { Event } from '../../../implementation/records.ts'
import type { Schedule } from '../../ports/time-store.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { receive } from './incoming.ts'

export function* beginSchedules(context: UnitContext, schedules: readonly Schedule[]): Unit<readonly number[]> {
  const { db, now } = context
  const known = yield* rows(db.selectFrom('schedules').select(['owner', 'name']))
  for (const { owner, name } of known)
    if (!schedules.some((schedule) => schedule.owner === owner && schedule.name === name))
      yield* run(db.deleteFrom('schedules').where('owner', '=', owner).where('name', '=', name))
  const last: number[] = []
  for (const { owner, name, cron } of schedules) {
    // A schedule that is new has missed nothing, nor has one that was changed.
    yield* run(
      db
        .insertInto('schedules')
        .values({ owner, name, cron, last_slot: now })
        .onConflict((conflict) =>
          conflict.columns(['owner', 'name']).doUpdateSet({ cron, last_slot: now }).where('schedules.cron', '<>', cron),
        ),
    )
    const found = yield* row(
      db.selectFrom('schedules').select('last_slot').where('owner', '=', owner).where('name', '=', name),
    )
    last.push(found?.last_slot ?? now)
  }
  return last
}

export function* fireSchedule(
  context: UnitContext,
  { owner, name, cron }: Schedule,
  slot: number,
  event: Event,
): Unit<readonly string[] | undefined> {
  const { db } = context
  const key = `cron:${owner}:${name}:${new Date(slot).toISOString()}`
  const lanes = yield* receive(context, { key, origin: owner, messages: [], events: [event], states: [] })
  if (!lanes) return undefined
  yield* run(
    db
      .insertInto('schedules')
      .values({ owner, name, cron, last_slot: slot })
      .onConflict((conflict) => conflict.columns(['owner', 'name']).doUpdateSet({ last_slot: slot })),
  )
  return lanes
}
