import type { Message } from '../../../implementation/records.ts'
import type { Claim, Effects, Failure, OutboxItem } from '../../ports/store.ts'
import { row, run, type Unit, type UnitContext } from '../unit.ts'
import { buryLetter } from './dead-letters.ts'
import { apply } from './incoming.ts'
import { hold } from './lanes.ts'
import { messageFrom, toJson } from './records.ts'
import { insertTags } from './tags.ts'

export function* nextOutbox({ db }: UnitContext, lane: string): Unit<OutboxItem | undefined> {
  const first = db.selectFrom('outbox').selectAll().where('lane', '=', lane).orderBy('sequence').limit(1)
  const found = yield* row(
    db
      .selectFrom(first.as('first'))
      .innerJoin('messages', 'messages.id', 'first.id')
      .selectAll('messages')
      .select(['first.finished', 'first.attempts', 'first.not_before', 'first.state', 'first.trace']),
  )
  return (
    found && {
      id: found.id,
      lane,
      message: messageFrom(found),
      finished: JSON.parse(found.finished) as readonly string[],
      attempts: found.attempts,
      notBefore: found.not_before,
      state: found.state,
      ...(found.trace !== null && { trace: found.trace }),
    }
  )
}

export function* finishOutgoingHook(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  hook: string,
  origin: string,
  effects: Effects,
): Unit<readonly string[]> {
  yield* hold(context, claim)
  yield* run(
    context.db
      .updateTable('outbox')
      .set({ finished: toJson([...item.finished, hook]) })
      .where('id', '=', item.id),
  )
  return yield* apply(context, origin, effects)
}

export function* beginOutbox(context: UnitContext, claim: Claim, item: OutboxItem): Unit<void> {
  yield* hold(context, claim)
  yield* run(context.db.updateTable('outbox').set({ state: 'sending' }).where('id', '=', item.id))
}

export function* retryOutbox(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  attempts: number,
  notBefore: number,
): Unit<void> {
  yield* hold(context, claim)
  yield* run(
    context.db
      .updateTable('outbox')
      .set({ attempts, not_before: notBefore, ...(item.state !== 'sent' && { state: 'waiting' as const }) })
      .where('id', '=', item.id),
  )
  if (item.state !== 'sent') yield* updateTags(context, item.message)
}

export function* sendOutbox(context: UnitContext, claim: Claim, item: OutboxItem, message: Message): Unit<void> {
  yield* hold(context, claim)
  yield* run(
    context.db.updateTable('outbox').set({ state: 'sent', attempts: 0, not_before: 0 }).where('id', '=', item.id),
  )
  yield* updateMessage(context, message)
}

export function* finishOutbox(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  message: Message | undefined,
): Unit<void> {
  yield* hold(context, claim)
  yield* run(context.db.deleteFrom('outbox').where('id', '=', item.id))
  if (message) {
    if (item.state !== 'sent') yield* updateMessage(context, message)
  } else
    yield* run(
      context.db.deleteFrom('messages').where('id', '=', item.id),
      context.db.deleteFrom('tags').where('kind', '=', 'message').where('id', '=', item.id),
    )
}

export function* abandonOutbox(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  handler: string,
  failure: Failure,
): Unit<void> {
  // The platform has what was sent: only its hooks failed.
  yield* finishOutbox(context, claim, item, item.state === 'sent' ? item.message : undefined)
  yield* buryLetter(context, item, handler, failure)
}

function* updateMessage(context: UnitContext, message: Message): Unit<void> {
  const { id, type, payload } = message
  const changes = { type, payload: toJson(payload), unsent: 0 }
  yield* run(context.db.updateTable('messages').set(changes).where('id', '=', id))
  yield* updateTags(context, message)
}

function* updateTags(context: UnitContext, { id, tags }: Message): Unit<void> {
  const { db } = context
  yield* run(
    db
      .updateTable('messages')
      .set({ tags: toJson(tags) })
      .where('id', '=', id),
    db.deleteFrom('tags').where('kind', '=', 'message').where('id', '=', id),
  )
  yield* insertTags(context, 'message', id, tags)
}
