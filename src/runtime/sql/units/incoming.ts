import type { ExpiredState, InboxRecord } from '../../ports/inbox-record.ts'
import type { Claim, Delivery, Effects, Failure, InboxItem, Store } from '../../ports/store.ts'
import type { WorkflowMoment } from '../../ports/workflow-store.ts'
import type { Tables } from '../tables.ts'
import { one, row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { buryLetter } from './dead-letters.ts'
import { insertIncoming, insertOutgoing } from './enter-lanes.ts'
import { writeFiles } from './files.ts'
import { hold } from './lanes.ts'
import { pageOf } from './pages.ts'
import { eventFrom, messageFrom, toJson } from './records.ts'
import { writeRows } from './rows.ts'
import { setStates } from './states.ts'
import { changeTags } from './tags.ts'
import { workflowFrom, writeWorkflows } from './workflows.ts'

export function* hasDelivery({ db }: UnitContext, key: string): Unit<boolean> {
  return (yield* row(db.selectFrom('deliveries').select('key').where('key', '=', key))) !== undefined
}

export function* receive(given: UnitContext, delivery: Delivery): Unit<readonly string[] | undefined> {
  const { key, origin, messages, events, states, files = [], trace } = delivery
  const context = { ...given, trace }
  const { db, now } = context
  if (key !== undefined) {
    const first = yield* row(
      db
        .insertInto('deliveries')
        .values({ key, at: now })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key'),
    )
    if (!first) return undefined
  }
  yield* writeFiles(context, files)
  const woken = yield* setStates(context, states)
  return [...woken, ...(yield* insertIncoming(context, origin, messages, events))]
}

export function* apply(given: UnitContext, origin: string, effects: Effects): Unit<readonly string[]> {
  const { messages, events, states, tags, rows: rowWrites = [], files = [], workflows = [], trace } = effects
  const context = { ...given, trace }
  const woken = [...(yield* setStates(context, states))]
  for (const write of tags) yield* changeTags(context, write)
  yield* writeRows(context, rowWrites)
  yield* writeFiles(context, files)
  woken.push(...(yield* writeWorkflows(context, workflows)))
  woken.push(...(yield* insertOutgoing(context, messages)))
  return [...woken, ...(yield* insertIncoming(context, origin, [], events))]
}

export function* nextInbox(context: UnitContext, lane: string): Unit<InboxItem | undefined> {
  const { db } = context
  const found = yield* row(db.selectFrom('inbox').selectAll().where('lane', '=', lane).orderBy('sequence').limit(1))
  if (!found) return undefined
  const { id, sequence, origin, kind, record, only, finished, attempts, not_before: notBefore, trace } = found
  return {
    id,
    lane,
    sequence,
    origin,
    record: yield* recordFrom(context, kind, record),
    ...(only !== null && { only }),
    finished: JSON.parse(finished) as readonly string[],
    attempts,
    notBefore,
    ...(trace !== null && { trace }),
  }
}

function* recordFrom({ db }: UnitContext, kind: Tables['inbox']['kind'], record: string): Unit<InboxRecord> {
  switch (kind) {
    case 'message':
      return { kind, message: messageFrom(yield* one(db.selectFrom('messages').selectAll().where('id', '=', record))) }
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

export function* finishHandler(
  context: UnitContext,
  claim: Claim,
  item: InboxItem,
  handler: string,
  origin: string,
  effects: Effects,
): Unit<readonly string[]> {
  yield* hold(context, claim)
  yield* noteFinished(context, item, handler)
  return yield* apply(context, origin, effects)
}

export function* retryHandler(
  context: UnitContext,
  claim: Claim,
  item: InboxItem,
  attempts: number,
  notBefore: number,
): Unit<void> {
  yield* hold(context, claim)
  yield* run(context.db.updateTable('inbox').set({ attempts, not_before: notBefore }).where('id', '=', item.id))
}

export function* abandonHandler(
  context: UnitContext,
  claim: Claim,
  item: InboxItem,
  handler: string,
  failure: Failure,
): Unit<void> {
  yield* hold(context, claim)
  yield* noteFinished(context, item, handler)
  yield* buryLetter(context, item, handler, failure)
}

export function* finishInbox(context: UnitContext, claim: Claim, item: InboxItem): Unit<void> {
  yield* hold(context, claim)
  yield* run(
    context.db.deleteFrom('inbox').where('id', '=', item.id),
    context.db.deleteFrom('steps').where('item', '=', item.id),
  )
}

export function* getStep(
  { db }: UnitContext,
  item: string,
  handler: string,
  name: string,
): Unit<{ result: unknown } | undefined> {
  const found = yield* row(
    db
      .selectFrom('steps')
      .select('result')
      .where('item', '=', item)
      .where('handler', '=', handler)
      .where('name', '=', name),
  )
  return found && { result: found.result === null ? undefined : (JSON.parse(found.result) as unknown) }
}

export function* saveStep(
  context: UnitContext,
  claim: Claim,
  item: string,
  handler: string,
  name: string,
  result: unknown,
): Unit<void> {
  yield* hold(context, claim)
  yield* run(
    context.db
      .insertInto('steps')
      .values({ item, handler, name, result: result === undefined ? null : toJson(result) }),
  )
}

function* noteFinished({ db }: UnitContext, item: InboxItem, handler: string): Unit<void> {
  yield* run(
    db
      .updateTable('inbox')
      .set({ finished: toJson([...item.finished, handler]), attempts: 0, not_before: 0 })
      .where('id', '=', item.id),
    db.deleteFrom('steps').where('item', '=', item.id).where('handler', '=', handler),
  )
}

export function* listEvents(
  { db }: UnitContext,
  { conversationId, type, cursor, limit }: Parameters<Store['listEvents']>[0],
): Unit<Awaited<ReturnType<Store['listEvents']>>> {
  let query = db
    .selectFrom('events')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1)
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId)
  if (type !== undefined) query = query.where('type', '=', type)
  if (cursor !== undefined) query = query.where('id', '>', cursor)
  return pageOf(yield* rows(query), limit, ({ id }) => id, eventFrom)
}
