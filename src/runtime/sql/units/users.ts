import type { User } from '../../../implementation/records.ts'
import type { UserRequest } from '../../ports/store.ts'
import { newId } from './new-id.ts'
import { one, row, type Unit, type UnitContext } from '../unit.ts'
import { identityKey, toJson, userFrom } from './records.ts'
import { insertTags, withTags } from './tags.ts'

export function* getOrCreateUser(context: UnitContext, request: UserRequest): Unit<User> {
  const { db, now } = context
  const { owner, identity, tags, name, pictureUrl } = request
  const key = identityKey(identity)
  const users = db.selectFrom('users').selectAll().where('owner', '=', owner)
  const same = users.where('identity', '=', key)
  const found =
    (yield* row(same)) ??
    (Object.keys(identity).length > 0
      ? yield* row(
          users
            .where('id', 'in', withTags(context, 'user', identity))
            .orderBy('created_at')
            .limit(1),
        )
      : undefined)
  if (found) return userFrom(found)
  const made = yield* row(
    db
      .insertInto('users')
      .values({
        id: newId(now),
        owner,
        identity: key,
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
  if (!made) return userFrom(yield* one(same))
  yield* insertTags(context, 'user', made.id, tags)
  return userFrom(made)
}

export function* getUser({ db }: UnitContext, id: string, owners?: readonly string[]): Unit<User | undefined> {
  const users = db.selectFrom('users').selectAll().where('id', '=', id)
  const found = yield* row(owners ? users.where('owner', 'in', owners) : users)
  return found && userFrom(found)
}
