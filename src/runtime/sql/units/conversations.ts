import type { Conversation, Page } from '../../../implementation/records.ts'
import type { ConversationRequest } from '../../ports/record-store.ts'
import type { Store } from '../../ports/store.ts'
import { prepared } from '../prepared.ts'
import { newId } from '../../new-id.ts'
import { one, row, rows, type Unit, type UnitContext } from '../unit.ts'
import { pageOf } from './pages.ts'
import { conversationFrom, identityKey, toJson } from './records.ts'
import { insertTags, recordWithTags, withTags } from './tags.ts'

export function* findConversation(
  context: UnitContext,
  { integration, channel, identity }: ConversationRequest,
): Unit<Conversation | undefined> {
  const found =
    (yield* row(conversationOfIdentity(context, { integration, channel, identity: identityKey(identity) }))) ??
    (yield* recordWithTags(context, 'conversation', identity, {
      records: (ids) =>
        conversationsOf(context, ids).where('integration', '=', integration).where('channel', '=', channel).limit(1),
      all: (ids) => conversationsOf(context, ids),
      isAmong: (one) => one.integration === integration && one.channel === channel,
    }))
  return found && conversationFrom(found)
}

export function* getOrCreateConversation(context: UnitContext, request: ConversationRequest): Unit<Conversation> {
  const found = yield* findConversation(context, request)
  if (found) return found
  const { db, now } = context
  const { integration, channel, identity, tags } = request
  const made = yield* row(
    db
      .insertInto('conversations')
      .values({
        id: newId(now),
        integration,
        channel,
        identity: identityKey(identity),
        tags: toJson(tags),
        last_sequence: 0,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(['integration', 'channel', 'identity']).doNothing())
      .returningAll(),
  )
  // Someone else made it meanwhile, and has committed it, or the insert would have waited.
  if (!made) {
    const same = { integration, channel, identity: identityKey(identity) }
    return conversationFrom(yield* one(conversationOfIdentity(context, same)))
  }
  yield* insertTags(context, 'conversation', made.id, tags)
  return conversationFrom(made)
}

export function* getConversation(context: UnitContext, id: string): Unit<Conversation | undefined> {
  const found = yield* row(conversationOfId(context, { id }))
  return found && conversationFrom(found)
}
const conversationOfId = prepared((db, { id }: Pick<Conversation, 'id'>) =>
  db.selectFrom('conversations').selectAll().where('id', '=', id),
)

export function* listConversations(
  context: UnitContext,
  { integration, channel, tags = {}, cursor, limit, newestFirst = false }: Parameters<Store['listConversations']>[0],
): Unit<Page<Conversation>> {
  // Ids begin with their time, so their order is that of making.
  let query = context.db
    .selectFrom('conversations')
    .selectAll()
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(limit + 1)
  if (integration !== undefined) query = query.where('integration', '=', integration)
  if (channel !== undefined) query = query.where('channel', '=', channel)
  if (Object.keys(tags).length > 0) query = query.where('id', 'in', withTags(context, 'conversation', tags))
  if (cursor !== undefined) query = query.where('id', newestFirst ? '<' : '>', cursor)
  return pageOf(yield* rows(query), limit, (last) => last.id, conversationFrom)
}

const conversationOfIdentity = prepared(
  (db, { integration, channel, identity }: Record<'integration' | 'channel' | 'identity', string>) =>
    db
      .selectFrom('conversations')
      .selectAll()
      .where('integration', '=', integration)
      .where('channel', '=', channel)
      .where('identity', '=', identity),
)

const conversationsOf = ({ db }: UnitContext, ids: readonly string[] | ReturnType<typeof withTags>) =>
  db.selectFrom('conversations').selectAll().where('id', 'in', ids).orderBy('created_at')
