import { isDeepStrictEqual } from 'node:util'
import type { Message } from '../../../implementation/records.ts'
import type { Claim } from '../../ports/claim.ts'
import type { Effects, Failure, Onward, OutboxItem } from '../../ports/lane-store.ts'
import { prepared } from '../prepared.ts'
import type { Tables } from '../tables.ts'
import { run, type Unit, type UnitContext } from '../unit.ts'
import { buryLetter } from './dead-letters.ts'
import { apply } from './incoming.ts'
import { hold } from './lanes.ts'
import { goOn } from './next.ts'
import { toJson } from './records.ts'
import { insertTags } from './tags.ts'

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
  yield* noteSent(context, item, message)
}

export function* finishOutbox(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  message: Message | undefined,
): Unit<Onward> {
  yield* hold(context, claim)
  yield* takeOut(context, item, message)
  return yield* goOn(context, claim)
}

export function* abandonOutbox(
  context: UnitContext,
  claim: Claim,
  item: OutboxItem,
  handler: string,
  failure: Failure,
): Unit<Onward> {
  yield* hold(context, claim)
  // The platform has what was sent: only its hooks failed.
  yield* takeOut(context, item, item.state === 'sent' ? item.message : undefined)
  yield* buryLetter(context, item, handler, failure)
  return yield* goOn(context, claim)
}

/** Takes an item out of its lane, and a message that was not sent out of the history. */
function* takeOut(context: UnitContext, item: OutboxItem, message: Message | undefined): Unit<void> {
  const { id, state } = item
  yield* run(outboxDeletion(context, { id }))
  if (!message) yield* run(messageDeletion(context, { id }), tagsDeletion(context, { id }))
  else if (state !== 'sent') yield* noteSent(context, item, message)
}

/** Notes a message as it was sent. Tags that the channel has not changed are left alone: someone else may have. */
function* noteSent(context: UnitContext, { message: before }: OutboxItem, message: Message): Unit<void> {
  const { id, type, payload, tags } = message
  const given = { id, type, payload: toJson(payload) }
  if (isDeepStrictEqual(tags, before.tags)) {
    yield* run(sentUpdate(context, given))
    return
  }
  yield* run(taggedUpdate(context, { ...given, tags: toJson(tags) }), tagsDeletion(context, { id }))
  yield* insertTags(context, 'message', id, tags)
}

function* updateTags(context: UnitContext, { id, tags }: Message): Unit<void> {
  const changed = context.db
    .updateTable('messages')
    .set({ tags: toJson(tags) })
    .where('id', '=', id)
  yield* run(changed, tagsDeletion(context, { id }))
  yield* insertTags(context, 'message', id, tags)
}

type OfMessage = Pick<Message, 'id'>
const outboxDeletion = prepared((db, { id }: OfMessage) => db.deleteFrom('outbox').where('id', '=', id))
const messageDeletion = prepared((db, { id }: OfMessage) => db.deleteFrom('messages').where('id', '=', id))
const tagsDeletion = prepared((db, { id }: OfMessage) =>
  db.deleteFrom('tags').where('kind', '=', 'message').where('id', '=', id),
)
const sentUpdate = prepared((db, { id, type, payload }: Pick<Tables['messages'], 'id' | 'type' | 'payload'>) =>
  db.updateTable('messages').set({ type, payload, unsent: 0 }).where('id', '=', id),
)
const taggedUpdate = prepared(
  (db, { id, type, payload, tags }: Pick<Tables['messages'], 'id' | 'type' | 'payload' | 'tags'>) =>
    db.updateTable('messages').set({ type, payload, tags, unsent: 0 }).where('id', '=', id),
)
