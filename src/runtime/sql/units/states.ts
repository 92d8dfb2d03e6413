import type { Selectable } from 'kysely'
import type { ExpiredState } from '../../ports/inbox-record.ts'
import type { StateAddress, StateWrite } from '../../ports/record-store.ts'
import type { HeardState } from '../../ports/time-store.ts'
import { prepared } from '../prepared.ts'
import type { Tables } from '../tables.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { allot, enterInbox } from './enter-lanes.ts'
import { incomingLane } from '../../ports/lane-names.ts'
import { newId } from '../../new-id.ts'
import { toJson } from './records.ts'

type StateRow = Selectable<Tables['states']>

export function* getState(
  context: UnitContext,
  address: StateAddress,
): Unit<{ payload: unknown; expiresAt: number | undefined } | undefined> {
  const found = yield* row(stateAt(context, address))
  if (!found || hasExpired(context, found)) return undefined
  return { payload: JSON.parse(found.payload) as unknown, expiresAt: found.expires_at ?? undefined }
}

/** Sets states. One that has expired and is heard is told first. Gives the lanes in which something waits now. */
export function* setStates(context: UnitContext, states: readonly StateWrite[]): Unit<readonly string[]> {
  const { now } = context
  const lanes: string[] = []
  for (const { owner, type, name, id, payload, fields, expiry, heard } of states) {
    const at = { owner, type, name, id }
    const isLocked = fields !== undefined && context.dialect === 'postgres'
    const found = heard || fields ? yield* row((isLocked ? stateToChange : stateAt)(context, at)) : undefined
    const isOver = found !== undefined && hasExpired(context, found)
    if (heard && isOver) lanes.push(...(yield* tellExpired(context, [found])))
    const whole = fields && found && !isOver ? changed(found, payload as object, fields) : payload
    const value = { payload: toJson(whole), expires_at: expiry === undefined ? null : now + expiry }
    yield* run(stateWrite(context, { ...at, ...value }))
  }
  return lanes
}

/** Takes states away that have expired. Gives the lanes in which something waits now. */
export function* expireStates(
  context: UnitContext,
  heard: readonly HeardState[],
  limit: number,
): Unit<readonly string[]> {
  const { db, now, dialect } = context
  const due = db
    .selectFrom('states')
    .select(['owner', 'type', 'name', 'id'])
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
  const expired = yield* rows(
    db
      .deleteFrom('states')
      .where(({ eb, refTuple }) =>
        eb(
          refTuple('owner', 'type', 'name', 'id'),
          'in',
          // Another process has what is locked.
          (dialect === 'postgres' ? due.forUpdate().skipLocked() : due).$asTuple('owner', 'type', 'name', 'id'),
        ),
      )
      .returningAll(),
  )
  const told = expired
    .filter(({ owner, name }) => heard.some((one) => one.owner === owner && one.name === name))
    .toSorted((one, other) => (one.expires_at ?? 0) - (other.expires_at ?? 0))
  return yield* tellExpired(context, told)
}

/** When the next state expires. */
export function* nextExpiry({ db }: UnitContext): Unit<number | undefined> {
  const next = yield* row(
    db.selectFrom('states').select('expires_at').where('expires_at', 'is not', null).orderBy('expires_at').limit(1),
  )
  return next?.expires_at ?? undefined
}

/** Puts expired states into the lanes of their conversations, or into lanes of their own. */
function* tellExpired(context: UnitContext, expired: readonly StateRow[]): Unit<readonly string[]> {
  const numbers = yield* allot(
    context,
    expired.flatMap(({ type, id }) => (type === 'conversation' ? [id] : [])),
  )
  const lanes = new Set<string>()
  for (const { owner, type, name, id, payload, expires_at } of expired) {
    const key = newId(context.now)
    const state: ExpiredState = {
      key,
      name,
      type,
      id,
      payload: JSON.parse(payload) as unknown,
      expiredAt: new Date(expires_at ?? context.now).toISOString(),
    }
    const inConversation = type === 'conversation'
    const lane = incomingLane(inConversation ? id : key)
    const sequence = inConversation ? numbers.next(id) : 1
    yield* enterInbox(context, { id: key, lane, sequence, origin: owner, kind: 'state', record: toJson(state) })
    lanes.add(lane)
  }
  return [...lanes]
}

/** What is there, with some fields of something else. */
function changed({ payload }: StateRow, other: object, fields: readonly string[]): object {
  const written = Object.entries(other).filter(([field]) => fields.includes(field))
  const left = Object.entries(JSON.parse(payload) as object).filter(([field]) => !fields.includes(field))
  return Object.fromEntries([...left, ...written])
}

const hasExpired = ({ now }: UnitContext, { expires_at }: StateRow): boolean => expires_at !== null && expires_at <= now

const stateOf = (db: UnitContext['db'], { owner, type, name, id }: StateAddress) =>
  db
    .selectFrom('states')
    .selectAll()
    .where('owner', '=', owner)
    .where('type', '=', type)
    .where('name', '=', name)
    .where('id', '=', id)
const stateAt = prepared((db, address: StateAddress) => stateOf(db, address))
/** The same, which nobody else changes meanwhile. */
const stateToChange = prepared((db, address: StateAddress) => stateOf(db, address).forUpdate())

const stateWrite = prepared((db, { owner, type, name, id, payload, expires_at }: StateRow) =>
  db
    .insertInto('states')
    .values({ owner, type, name, id, payload, expires_at })
    .onConflict((conflict) => conflict.columns(['owner', 'type', 'name', 'id']).doUpdateSet({ payload, expires_at })),
)
