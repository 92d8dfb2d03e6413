import type { Compilable } from 'kysely'
import type { StoredTags } from '../../../implementation/records.ts'
import type { Tables } from '../tables.ts'
import type { TagChanges, TagWrite } from '../../ports/record-store.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { identityKey, toJson } from './records.ts'

export type Tagged = Tables['tags']['kind']

/** Notes the tags of a new record, by which it is found. */
export function* insertTags({ db }: UnitContext, kind: Tagged, id: string, tags: StoredTags): Unit<void> {
  const values = Object.entries(tags).map(([name, value]) => ({ kind, id, name, value }))
  if (values.length > 0) yield* run(db.insertInto('tags').values(values))
}

/** The ids of the records that have all of these tags. */
export function withTags({ db }: UnitContext, kind: Tagged, tags: StoredTags) {
  const [first, ...others] = Object.entries(tags)
  const having = ([name, value]: readonly [string, string]) =>
    db.selectFrom('tags').select('id').where('kind', '=', kind).where('name', '=', name).where('value', '=', value)
  if (!first) throw new Error('Nothing is found by no tags.')
  return others.reduce((found, one) => found.where('id', 'in', having(one)), having(first))
}

/** As long as records with the same tags are so few, they are read one by one. */
const few = 100

/**
 * The record that has all of these tags, the oldest one if several have. Looks the tags up first, and then the records by
 * their ids alone: a database that does not know yet how many there are may else go through all of them.
 * @param records Those among which it is to be.
 * @param all Those with the ids.
 * @param isAmong Whether one is among them.
 */
export function* recordWithTags<TRow>(
  context: UnitContext,
  kind: Tagged,
  tags: StoredTags,
  {
    records,
    all,
    isAmong,
  }: {
    records(ids: ReturnType<typeof withTags>): Compilable<TRow>
    all(ids: readonly string[]): Compilable<TRow>
    isAmong(row: TRow): boolean
  },
): Unit<TRow | undefined> {
  if (Object.keys(tags).length === 0) return undefined
  const query = withTags(context, kind, tags)
  const ids = (yield* rows(query.limit(few + 1))).map(({ id }) => id)
  if (ids.length === 0) return undefined
  return ids.length > few ? yield* row(records(query)) : (yield* rows(all(ids))).find(isAmong)
}

/** Changes tags of a record, and its name and picture if it is a user. */
export function* changeTags(context: UnitContext, write: TagWrite): Unit<void> {
  const { db, now, dialect } = context
  const { kind, id, tags: changes } = write
  const table = `${kind}s` as const
  const found = db.selectFrom(table).select('tags').where('id', '=', id)
  const current = yield* row(dialect === 'postgres' ? found.forUpdate() : found)
  if (!current) return
  const before = JSON.parse(current.tags) as StoredTags
  const after = changed(before, changes)
  if (kind === 'message')
    yield* run(
      db
        .updateTable('messages')
        .set({ tags: toJson(after) })
        .where('id', '=', id),
    )
  else if (kind === 'conversation')
    yield* run(
      db
        .updateTable('conversations')
        .set({ tags: toJson(after), updated_at: now })
        .where('id', '=', id),
    )
  else
    yield* run(
      db
        .updateTable('users')
        .set({
          tags: toJson(after),
          updated_at: now,
          ...(write.name !== undefined && { name: write.name }),
          ...(write.pictureUrl !== undefined && { picture_url: write.pictureUrl }),
        })
        .where('id', '=', id),
    )
  const names = Object.keys(changes)
  if (names.length === 0) return
  yield* run(db.deleteFrom('tags').where('kind', '=', kind).where('id', '=', id).where('name', 'in', names))
  yield* insertTags(
    context,
    kind,
    id,
    Object.fromEntries(Object.entries(after).filter(([name]) => names.includes(name))),
  )
  if (kind !== 'message') yield* changeIdentity(context, kind, id, changes, after)
}

/** A record is found by what its identity tags are now, unless another one has the same. */
function* changeIdentity(
  context: UnitContext,
  kind: 'user' | 'conversation',
  id: string,
  changes: TagChanges,
  after: StoredTags,
): Unit<void> {
  const { db } = context
  const table = `${kind}s` as const
  const current = yield* row(db.selectFrom(table).select('identity').where('id', '=', id))
  if (!current?.identity) return
  const identity = JSON.parse(current.identity) as [string, string][]
  if (!identity.some(([name]) => Object.hasOwn(changes, name))) return
  const names = identity.map(([name]) => name)
  const left = names.flatMap((name) => (after[name] === undefined ? [] : [[name, after[name]] as const]))
  const key = left.length === names.length ? identityKey(Object.fromEntries(left)) : null
  const taken = key !== null && (yield* row(othersWith(context, kind, id, key))) !== undefined
  yield* run(
    db
      .updateTable(table)
      .set({ identity: taken ? null : key })
      .where('id', '=', id),
  )
}

/** The records beside this one that have the identity. */
function othersWith({ db }: UnitContext, kind: 'user' | 'conversation', id: string, identity: string) {
  return kind === 'user'
    ? db
        .selectFrom('users')
        .select('id')
        .where('identity', '=', identity)
        .where('owner', '=', db.selectFrom('users').select('owner').where('id', '=', id))
    : db
        .selectFrom('conversations')
        .select('id')
        .where('identity', '=', identity)
        .where('integration', '=', db.selectFrom('conversations').select('integration').where('id', '=', id))
        .where('channel', '=', db.selectFrom('conversations').select('channel').where('id', '=', id))
}

export const changed = (tags: StoredTags, changes: TagChanges): StoredTags =>
  Object.fromEntries(
    Object.entries({ ...tags, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
