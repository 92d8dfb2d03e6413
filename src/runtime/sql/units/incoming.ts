import type { Claim } from '../../ports/claim.ts'
import type { Delivery, Effects, Failure, InboxItem, Onward } from '../../ports/lane-store.ts'
import type { Store } from '../../ports/store.ts'
import { prepared } from '../prepared.ts'
import type { Tables } from '../tables.ts'
import { demand, row, rows, run, type Unit, type UnitContext, Undone } from '../unit.ts'
import { buryLetter } from './dead-letters.ts'
import { insertIncoming, insertOutgoing } from './enter-lanes.ts'
import { writeFiles } from './files.ts'
import { hold } from './lanes.ts'
import { pageOf } from './pages.ts'
import { goOn } from './next.ts'
import { eventFrom, toJson } from './records.ts'
import { writeRows } from './rows.ts'
import { setStates } from './states.ts'
import { changeTags } from './tags.ts'
import { writeWorkflows } from './workflows.ts'

export function* hasDelivery(context: UnitContext, key: string): Unit<boolean> {
  return (yield* row(deliveryOf(context, { key }))) !== undefined
}
const deliveryOf = prepared((db, { key }: { readonly key: string }) =>
  db.selectFrom('deliveries').select('key').where('key', '=', key),
)

export function* receive(given: UnitContext, delivery: Delivery): Unit<readonly string[] | undefined> {
  const { key, origin, messages, events, states, files = [], trace } = delivery
  const context = { ...given, trace }
  // A delivery that was stored before is dropped: there is no need to wait for what is nearly never so.
  if (key !== undefined) yield* demand(deliveryInsertion(context, { key, at: context.now }), () => new Undone())
  yield* writeFiles(context, files)
  const woken = yield* setStates(context, states)
  return [...woken, ...(yield* insertIncoming(context, origin, messages, events))]
}

const deliveryInsertion = prepared((db, delivery: Tables['deliveries']) =>
  db
    .insertInto('deliveries')
    .values({ key: delivery.key, at: delivery.at })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key'),
)

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

export function* finishLastHandler(
  context: UnitContext,
  claim: Claim,
  item: InboxItem,
  origin: string,
  effects: Effects,
): Unit<Onward & { readonly woken: readonly string[] }> {
  yield* hold(context, claim)
  yield* deleteItem(context, item)
  const woken = yield* apply(context, origin, effects)
  return { woken, ...(yield* goOn(context, claim)) }
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
  effects?: Effects,
): Unit<readonly string[]> {
  yield* hold(context, claim)
  yield* noteFinished(context, item, handler)
  yield* buryLetter(context, item, handler, failure)
  return effects ? yield* apply(context, 'bot', effects) : []
}

export function* finishInbox(context: UnitContext, claim: Claim, item: InboxItem): Unit<Onward> {
  yield* hold(context, claim)
  yield* deleteItem(context, item)
  return yield* goOn(context, claim)
}

function* deleteItem(context: UnitContext, { id }: InboxItem): Unit<void> {
  yield* run(deletionOf(context, { id }), stepsDeletion(context, { id }))
}
const deletionOf = prepared((db, { id }: Pick<InboxItem, 'id'>) => db.deleteFrom('inbox').where('id', '=', id))
const stepsDeletion = prepared((db, { id }: Pick<InboxItem, 'id'>) => db.deleteFrom('steps').where('item', '=', id))

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

function* noteFinished(context: UnitContext, { id, finished }: InboxItem, handler: string): Unit<void> {
  yield* run(
    finishedUpdate(context, { id, finished: toJson([...finished, handler]) }),
    handlerStepsDeletion(context, { id, handler }),
  )
}
const finishedUpdate = prepared((db, { id, finished }: Pick<Tables['inbox'], 'id' | 'finished'>) =>
  db.updateTable('inbox').set({ finished, attempts: 0, not_before: 0 }).where('id', '=', id),
)
const handlerStepsDeletion = prepared((db, { id, handler }: { readonly id: string; readonly handler: string }) =>
  db.deleteFrom('steps').where('item', '=', id).where('handler', '=', handler),
)

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
