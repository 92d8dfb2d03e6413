import type { Compilable } from 'kysely'
import { PlugboardError } from '../../../errors/index.ts'
import type { Conversation, Message, User } from '../../../implementation/records.ts'
import type { ExpiredState, InboxRecord } from '../../ports/inbox-record.ts'
import { isOutgoing } from '../../ports/lane-names.ts'
import type { Claim } from '../../ports/claim.ts'
import type { InboxItem, Onward, OutboxItem, Taken, Waiting } from '../../ports/lane-store.ts'
import type { WorkflowMoment } from '../../ports/workflow-store.ts'
import { prepared } from '../prepared.ts'
import { lastRows, one, row, type Unit, type UnitContext } from '../unit.ts'
import { claiming, freeing } from './lanes.ts'
import { conversationFrom, eventFrom, messageFrom, userFrom } from './records.ts'
import { workflowFrom } from './workflows.ts'

/** Takes a lane, with what comes first in it; undefined if a living worker has it. */
export function* take(context: UnitContext, lane: string, worker: string): Unit<Taken | undefined> {
  const [claimed, found] = yield* lastRows(claiming(context, lane, worker), first(context, lane))
  if (!claimed) return undefined
  const claim = { lane, token: claimed.token, claims: claimed.claims }
  return { claim, next: found && (yield* waitingFrom(context, lane, found)) }
}

/**
 * What comes next in a lane; where nothing does, the lane is given free. Looks after that: what came meanwhile must not be
 * forgotten.
 */
export function* goOn(context: UnitContext, claim: Claim): Unit<Onward> {
  const { lane } = claim
  const [free, found] = yield* lastRows(freeing(context, claim), first(context, lane))
  return { free: free !== undefined, next: found && (yield* waitingFrom(context, lane, found)) }
}

export function* nextInbox(context: UnitContext, lane: string): Unit<InboxItem | undefined> {
  const found = yield* row(firstInbox(context, { lane }))
  return found && (yield* inboxItemFrom(context, lane, found))
}

export function* nextOutbox(context: UnitContext, lane: string): Unit<OutboxItem | undefined> {
  const found = yield* row(firstOutbox(context, { lane }))
  return found && outboxItemFrom(lane, found)
}

const first = (context: UnitContext, lane: string) =>
  isOutgoing(lane) ? firstOutbox(context, { lane }) : firstInbox(context, { lane })

function* waitingFrom(context: UnitContext, lane: string, found: FirstInbox | FirstOutbox): Unit<Waiting> {
  const item = 'state' in found ? outboxItemFrom(lane, found) : yield* inboxItemFrom(context, lane, found)
  return { item, conversation: conversationBeside(found), user: userBeside(found) }
}

/** What is read beside an item: the message that it is, the conversation that it belongs to, and who wrote it. */
const beside = [
  'messages.conversation_id',
  'messages.user_id',
  'messages.direction',
  'messages.type',
  'messages.payload',
  'messages.tags',
  'messages.created_at',
  'conversations.integration',
  'conversations.channel',
  'conversations.tags as conversation_tags',
  'conversations.created_at as conversation_created_at',
  'conversations.updated_at as conversation_updated_at',
  'users.tags as user_tags',
  'users.name as user_name',
  'users.picture_url as user_picture_url',
  'users.created_at as user_created_at',
  'users.updated_at as user_updated_at',
] as const

const firstInbox = prepared((db, { lane }: Pick<Claim, 'lane'>) =>
  db
    .selectFrom(db.selectFrom('inbox').selectAll().where('lane', '=', lane).orderBy('sequence').limit(1).as('first'))
    .leftJoin('messages', (join) => join.onRef('messages.id', '=', 'first.record').on('first.kind', '=', 'message'))
    .leftJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .leftJoin('users', 'users.id', 'messages.user_id')
    .select([
      'first.id',
      'first.sequence',
      'first.origin',
      'first.kind',
      'first.record',
      'first.only',
      'first.finished',
      'first.attempts',
      'first.not_before',
      'first.trace',
    ])
    .select(beside),
)
type FirstInbox = RowOf<typeof firstInbox>

const firstOutbox = prepared((db, { lane }: Pick<Claim, 'lane'>) =>
  db
    .selectFrom(db.selectFrom('outbox').selectAll().where('lane', '=', lane).orderBy('sequence').limit(1).as('first'))
    .innerJoin('messages', 'messages.id', 'first.id')
    .leftJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .leftJoin('users', 'users.id', 'messages.user_id')
    .select(['first.id', 'first.finished', 'first.attempts', 'first.not_before', 'first.state', 'first.trace'])
    .select(beside),
)
type FirstOutbox = RowOf<typeof firstOutbox>

type RowOf<TPrepared> = TPrepared extends (...given: never) => Compilable<infer TRow> ? TRow : never

function* inboxItemFrom(context: UnitContext, lane: string, found: FirstInbox): Unit<InboxItem> {
  const { id, sequence, origin, only, finished, attempts, not_before: notBefore, trace } = found
  return {
    id,
    lane,
    sequence,
    origin,
    record: yield* recordFrom(context, found),
    ...(only !== null && { only }),
    finished: JSON.parse(finished) as readonly string[],
    attempts,
    notBefore,
    ...(trace !== null && { trace }),
  }
}

function* recordFrom({ db }: UnitContext, found: FirstInbox): Unit<InboxRecord> {
  const { kind, record } = found
  switch (kind) {
    case 'message':
      return { kind, message: messageBeside(record, found) }
    case 'event':
      return { kind, event: eventFrom(yield* one(db.selectFrom('events').selectAll().where('id', '=', record))) }
    case 'state':
      return { kind, state: JSON.parse(record) as ExpiredState }
    default: {
      const { id, key, moment } = JSON.parse(record) as { id: string; key: string; moment: WorkflowMoment }
      const workflow = workflowFrom(yield* one(db.selectFrom('workflows').selectAll().where('id', '=', id)))
      return { kind, key, moment, workflow }
    }
  }
}

const outboxItemFrom = (lane: string, found: FirstOutbox): OutboxItem => ({
  id: found.id,
  lane,
  message: messageBeside(found.id, found),
  finished: JSON.parse(found.finished) as readonly string[],
  attempts: found.attempts,
  notBefore: found.not_before,
  state: found.state,
  ...(found.trace !== null && { trace: found.trace }),
})

function messageBeside(id: string, found: FirstInbox | FirstOutbox): Message {
  if (found.conversation_id === null)
    throw new PlugboardError({ code: 'internal', message: `the message '${id}', which waits, is not in the store` })
  return messageFrom({ ...(found as FirstOutbox), id })
}

function conversationBeside(found: FirstInbox | FirstOutbox): Conversation | undefined {
  const { conversation_id: id, integration, channel, conversation_tags: tags } = found
  if (id === null || integration === null || channel === null || tags === null) return undefined
  const times = { created_at: found.conversation_created_at ?? 0, updated_at: found.conversation_updated_at ?? 0 }
  return conversationFrom({ id, integration, channel, tags, ...times })
}

function userBeside(found: FirstInbox | FirstOutbox): User | undefined {
  const { user_id: id, user_tags: tags, user_name: name, user_picture_url: picture_url } = found
  if (id === null || tags === null) return undefined
  const times = { created_at: found.user_created_at ?? 0, updated_at: found.user_updated_at ?? 0 }
  return userFrom({ id, tags, name, picture_url, ...times })
}
