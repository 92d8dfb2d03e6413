import type { Message, Page } from '../../../implementation/records.ts'
import type { Store } from '../../ports/store.ts'
import { row, rows, type Unit, type UnitContext } from '../unit.ts'
import { numberFrom, pageOf } from './pages.ts'
import { messageFrom } from './records.ts'
import { withTags } from './tags.ts'

export function* getMessage({ db }: UnitContext, id: string): Unit<Message | undefined> {
  const found = yield* row(db.selectFrom('messages').selectAll().where('id', '=', id))
  return found && messageFrom(found)
}

export function* listMessages(
  context: UnitContext,
  { conversationId, unsent, tags = {}, cursor, limit, newestFirst = false }: Parameters<Store['listMessages']>[0],
): Unit<Page<Message>> {
  let query = context.db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('sequence', newestFirst ? 'desc' : 'asc')
    .limit(limit + 1)
  if (!unsent) query = query.where('unsent', '=', 0)
  if (Object.keys(tags).length > 0) query = query.where('id', 'in', withTags(context, 'message', tags))
  if (cursor !== undefined) query = query.where('sequence', newestFirst ? '<' : '>', numberFrom(cursor))
  return pageOf(yield* rows(query), limit, ({ sequence }) => String(sequence), messageFrom)
}
