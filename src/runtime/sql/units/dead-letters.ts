import { PlugboardError } from '../../../errors/index.ts'
import type { DeadLetter, Failure, InboxItem, OutboxItem } from '../../ports/lane-store.ts'
import type { Store } from '../../ports/store.ts'
import { newId } from '../../new-id.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { allot, enterInbox, eventInsertion, insertOutgoing, recordText } from './enter-lanes.ts'
import { incomingLane } from '../../ports/lane-names.ts'
import { pageOf } from './pages.ts'
import { toJson } from './records.ts'
import { nextSequence } from './workflows.ts'

/** Puts aside what failed for good. */
export function* buryLetter(
  { db, now }: UnitContext,
  item: InboxItem | OutboxItem,
  handler: string,
  { code, message }: Failure,
): Unit<void> {
  yield* run(
    db.insertInto('dead_letters').values({
      id: newId(now),
      lane: item.lane,
      handler,
      item: toJson(item),
      code,
      message,
      at: new Date(now).toISOString(),
    }),
  )
}

export function* listDeadLetters(
  { db }: UnitContext,
  { cursor, limit }: Parameters<Store['listDeadLetters']>[0],
): Unit<Awaited<ReturnType<Store['listDeadLetters']>>> {
  let query = db
    .selectFrom('dead_letters')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1)
  if (cursor !== undefined) query = query.where('id', '>', cursor)
  return pageOf(
    yield* rows(query),
    limit,
    ({ id }) => id,
    (letter): DeadLetter => ({ ...letter, item: JSON.parse(letter.item) as DeadLetter['item'] }),
  )
}

export function* retryDeadLetter(given: UnitContext, id: string): Unit<readonly string[]> {
  const { db } = given
  const letter = yield* row(db.deleteFrom('dead_letters').where('id', '=', id).returningAll())
  if (!letter) throw new PlugboardError({ code: 'dead_letter_unknown', message: `there is no dead letter '${id}'` })
  const item = JSON.parse(letter.item) as InboxItem | OutboxItem
  const context = { ...given, trace: item.trace }
  if ('message' in item) {
    if (item.state !== 'sent') return yield* insertOutgoing(context, [item.message])
    return yield* insertSent(context, item)
  }
  const own = item.lane.slice(incomingLane('').length)
  const { record } = item
  // It may have been so old that it was deleted.
  if (record.kind === 'event')
    yield* run(eventInsertion(context, record.event).onConflict((conflict) => conflict.column('id').doNothing()))
  const sequence =
    record.kind === 'workflow' ? yield* nextSequence(context, own) : (yield* allot(context, [own])).next(own)
  yield* enterInbox(context, {
    id: newId(context.now),
    lane: item.lane,
    sequence,
    origin: item.origin,
    kind: record.kind,
    record: recordText(record),
    only: letter.handler === 'hooks' ? null : letter.handler,
    finished: toJson(letter.handler === 'hooks' ? item.finished : []),
  })
  return [item.lane]
}

/** Puts a message back whose hooks are to run, and which is not to be sent again. */
function* insertSent(context: UnitContext, { id, lane, message, finished }: OutboxItem): Unit<readonly string[]> {
  const numbers = yield* allot(context, [message.conversationId])
  yield* run(
    context.db.insertInto('outbox').values({
      id,
      lane,
      sequence: numbers.next(message.conversationId),
      finished: toJson(finished),
      attempts: 0,
      not_before: 0,
      state: 'sent',
      at: context.now,
      trace: context.trace ?? null,
    }),
  )
  return [lane]
}
