import type { StateAddress, StateWrite } from '../../ports/store.ts'
import { row, run, type Unit, type UnitContext } from '../unit.ts'
import { toJson } from './records.ts'

export function* getState(
  { db, now }: UnitContext,
  { owner, type, name, id }: StateAddress,
): Unit<{ payload: unknown; expiresAt: number | undefined } | undefined> {
  const found = yield* row(
    db
      .selectFrom('states')
      .select(['payload', 'expires_at'])
      .where('owner', '=', owner)
      .where('type', '=', type)
      .where('name', '=', name)
      .where('id', '=', id),
  )
  if (!found || (found.expires_at !== null && found.expires_at <= now)) return undefined
  return { payload: JSON.parse(found.payload) as unknown, expiresAt: found.expires_at ?? undefined }
}

/** Sets states. */
export function* setStates({ db }: UnitContext, states: readonly StateWrite[]): Unit<void> {
  for (const { owner, type, name, id, payload, expiresAt } of states) {
    const value = { payload: toJson(payload), expires_at: expiresAt ?? null }
    yield* run(
      db
        .insertInto('states')
        .values({ owner, type, name, id, ...value })
        .onConflict((conflict) => conflict.columns(['owner', 'type', 'name', 'id']).doUpdateSet(value)),
    )
  }
}
