import type { Page, User } from '../../../implementation/records.ts'
import type { Store } from '../../ports/store.ts'
import type { UserRequest } from '../../ports/record-store.ts'
import { prepared } from '../prepared.ts'
import { newId } from '../../new-id.ts'
import { one, row, rows, type Unit, type UnitContext } from '../unit.ts'
import { pageOf } from './pages.ts'
import { identityKey, toJson, userFrom } from './records.ts'
import { insertTags, recordWithTags, withTags } from './tags.ts'

export function* findUser(context: UnitContext, { owner, identity }: UserRequest): Unit<User | undefined> {
  const found =
    (yield* row(userOfIdentity(context, { owner, identity: identityKey(identity) }))) ??
    (yield* recordWithTags(context, 'user', identity, {
      records: (ids) => usersOf(context, ids).where('owner', '=', owner).limit(1),
      all: (ids) => usersOf(context, ids),
      isAmong: (user) => user.owner === owner,
    }))
  return found && userFrom(found)
}

const userOfIdentity = prepared((db, { owner, identity }: { readonly owner: string; readonly identity: string }) =>
  db.selectFrom('users').selectAll().where('owner', '=', owner).where('identity', '=', identity),
)

const usersOf = ({ db }: UnitContext, ids: readonly string[] | ReturnType<typeof withTags>) =>
  db.selectFrom('users').selectAll().where('id', 'in', ids).orderBy('created_at')

export function* getOrCreateUser(context: UnitContext, request: UserRequest): Unit<User> {
  const found = yield* findUser(context, request)
  if (found) return found
  const { db, now } = context
  const { owner, identity, tags, name, pictureUrl } = request
  const made = yield* row(
    db
      .insertInto('users')
      .values({
        id: newId(now),
        owner,
        identity: identityKey(identity),
        tags: toJson(tags),
        name: name ?? null,
        picture_url: pictureUrl ?? null,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(['owner', 'identity']).doNothing())
      .returningAll(),
  )
  // Someone else made it meanwhile, and has committed it, or the insert would have waited.
  if (!made) return userFrom(yield* one(userOfIdentity(context, { owner, identity: identityKey(identity) })))
  yield* insertTags(context, 'user', made.id, tags)
  return userFrom(made)
}

export function* listUsers(
  context: UnitContext,
  { owner, tags = {}, cursor, limit }: Parameters<Store['listUsers']>[0],
): Unit<Page<User>> {
  // Ids begin with their time, so their order is that of making.
  let query = context.db
    .selectFrom('users')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1)
  query = owner === undefined ? query.where('owner', '<>', 'bot') : query.where('owner', '=', owner)
  if (Object.keys(tags).length > 0) query = query.where('id', 'in', withTags(context, 'user', tags))
  if (cursor !== undefined) query = query.where('id', '>', cursor)
  return pageOf(yield* rows(query), limit, ({ id }) => id, userFrom)
}

export function* getUser(context: UnitContext, id: string, owners?: readonly string[]): Unit<User | undefined> {
  const found = yield* row(userOfId(context, { id }))
  return found && (owners?.includes(found.owner) ?? true) ? userFrom(found) : undefined
}
const userOfId = prepared((db, { id }: Pick<User, 'id'>) => db.selectFrom('users').selectAll().where('id', '=', id))
