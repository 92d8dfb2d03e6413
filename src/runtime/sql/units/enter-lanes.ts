import type { Event, Message } from '../../../implementation/records.ts'
import type { InboxRecord } from '../../ports/inbox-record.ts'
import { prepared } from '../prepared.ts'
import type { Tables } from '../tables.ts'
import { row, run, type Unit, type UnitContext } from '../unit.ts'
import { incomingLane, outgoingLane } from '../../ports/lane-names.ts'
import { toJson } from './records.ts'
import { insertTags } from './tags.ts'

/** Puts what came in into its lanes. */
export function* insertIncoming(
  context: UnitContext,
  origin: string,
  messages: readonly Message[],
  events: readonly Event[],
): Unit<readonly string[]> {
  const numbers = yield* allot(
    context,
    [...messages, ...events].flatMap(({ conversationId }) => conversationId ?? []),
  )
  const lanes = new Set<string>()
  const enter = function* (id: string, kind: 'message' | 'event', own: string, sequence: number): Unit<void> {
    const lane = incomingLane(own)
    lanes.add(lane)
    yield* enterInbox(context, { id, lane, sequence, origin, kind, record: id })
  }
  for (const message of messages) {
    const sequence = numbers.next(message.conversationId)
    yield* insertMessage(context, message, sequence, 0)
    yield* enter(message.id, 'message', message.conversationId, sequence)
  }
  for (const event of events) {
    const { id, conversationId } = event
    yield* run(eventInsertion(context, event))
    const sequence = conversationId === undefined ? 1 : numbers.next(conversationId)
    yield* enter(id, 'event', conversationId ?? id, sequence)
  }
  return [...lanes]
}

/** The statement that stores an event. */
export function eventInsertion(
  { db }: UnitContext,
  { id, type, payload, conversationId, userId, messageId, createdAt }: Event,
) {
  return db.insertInto('events').values({
    id,
    type,
    payload: toJson(payload),
    conversation_id: conversationId ?? null,
    user_id: userId ?? null,
    message_id: messageId ?? null,
    created_at: createdAt,
  })
}

/** Puts something into the lane in which it waits for its handlers. */
export function* enterInbox(
  context: UnitContext,
  item: Pick<Tables['inbox'], 'id' | 'lane' | 'sequence' | 'origin' | 'kind' | 'record'> &
    Partial<Pick<Tables['inbox'], 'only' | 'finished'>>,
): Unit<void> {
  yield* run(
    inboxInsertion(context, {
      only: null,
      finished: '[]',
      attempts: 0,
      not_before: 0,
      at: context.now,
      trace: context.trace ?? null,
      ...item,
    }),
  )
}

const inboxInsertion = prepared((db, item: Tables['inbox']) =>
  db.insertInto('inbox').values({
    id: item.id,
    lane: item.lane,
    sequence: item.sequence,
    origin: item.origin,
    kind: item.kind,
    record: item.record,
    only: item.only,
    finished: item.finished,
    attempts: item.attempts,
    not_before: item.not_before,
    at: item.at,
    trace: item.trace,
  }),
)

/** Puts messages into the lanes of what goes out. */
export function* insertOutgoing(context: UnitContext, messages: readonly Message[]): Unit<readonly string[]> {
  const numbers = yield* allot(
    context,
    messages.map(({ conversationId }) => conversationId),
  )
  const lanes = new Set<string>()
  for (const message of messages) {
    const lane = outgoingLane(message.conversationId)
    const sequence = numbers.next(message.conversationId)
    yield* insertMessage(context, message, sequence, 1)
    const { id } = message
    yield* run(outboxInsertion(context, { id, lane, sequence, at: context.now, trace: context.trace ?? null }))
    lanes.add(lane)
  }
  return [...lanes]
}

const outboxInsertion = prepared((db, item: Pick<Tables['outbox'], 'id' | 'lane' | 'sequence' | 'at' | 'trace'>) =>
  db.insertInto('outbox').values({
    id: item.id,
    lane: item.lane,
    sequence: item.sequence,
    finished: '[]',
    attempts: 0,
    not_before: 0,
    state: 'waiting',
    at: item.at,
    trace: item.trace,
  }),
)

function* insertMessage(context: UnitContext, message: Message, sequence: number, unsent: number): Unit<void> {
  const { id, conversationId, userId, direction, type, payload, tags, createdAt } = message
  yield* run(
    messageInsertion(context, {
      id,
      conversation_id: conversationId,
      sequence,
      user_id: userId,
      direction,
      type,
      payload: toJson(payload),
      tags: toJson(tags),
      created_at: createdAt,
      unsent,
    }),
  )
  yield* insertTags(context, 'message', id, tags)
}

const messageInsertion = prepared((db, message: Tables['messages']) =>
  db.insertInto('messages').values({
    id: message.id,
    conversation_id: message.conversation_id,
    sequence: message.sequence,
    user_id: message.user_id,
    direction: message.direction,
    type: message.type,
    payload: message.payload,
    tags: message.tags,
    created_at: message.created_at,
    unsent: message.unsent,
  }),
)

/** The last number that waits in a lane of which nothing keeps count. */
function* lastIn({ db }: UnitContext, lane: string): Unit<number> {
  const last = yield* row(
    db
      .selectFrom('inbox')
      .select(({ fn }) => fn.max('sequence').as('sequence'))
      .where('lane', '=', lane),
  )
  return last?.sequence ?? 0
}

/**
 * The next numbers of conversations, one for each time that it is named. Conversations are locked in the order of their
 * ids, so that two units never wait for one another.
 */
export function* allot(context: UnitContext, conversationIds: readonly string[]): Unit<{ next(id: string): number }> {
  const counts = new Map<string, number>()
  for (const id of conversationIds) counts.set(id, (counts.get(id) ?? 0) + 1)
  const upcoming = new Map<string, number>()
  for (const [id, count] of [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const last = yield* row(allotment(context, { id, count }))
    upcoming.set(id, last ? last.last_sequence - count : yield* lastIn(context, incomingLane(id)))
  }
  return {
    next: (id) => {
      const number = (upcoming.get(id) ?? 0) + 1
      upcoming.set(id, number)
      return number
    },
  }
}

const allotment = prepared((db, { id, count }: { readonly id: string; readonly count: number }) =>
  db
    .updateTable('conversations')
    .set(({ eb }) => ({ last_sequence: eb('last_sequence', '+', count) }))
    .where('id', '=', id)
    .returning('last_sequence'),
)

/** What the inbox has of a record. */
export function recordText(record: InboxRecord): string {
  switch (record.kind) {
    case 'message':
      return record.message.id
    case 'event':
      return record.event.id
    case 'state':
      return toJson(record.state)
    default:
      return toJson({ key: record.key, moment: record.moment, id: record.workflow.id })
  }
}
