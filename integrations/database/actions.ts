import type { Json } from './column.ts'
import { cursorAfter, idBefore } from './cursor.ts'
import { failureOf, isOfData, refusal, stateOf } from './failure.ts'
import { type Call, send, theTable } from './opened.ts'
import {
  type Assignment,
  assignments,
  insert,
  type Item,
  itemFrom,
  remove,
  selectAfter,
  selectOne,
  update,
} from './statements.ts'

const longestPage = 1000

/** A call that tells of what it did. */
interface Telling<TEvent> extends Call {
  readonly client: { createEvent(event: TEvent): Promise<unknown> }
}
type Fields = { readonly [field: string]: Json | undefined }
type ItemEvent<T extends string> = { type: T; payload: { item: Item } }

export async function listItems(
  call: Call & { input: { cursor?: string | undefined; limit?: number | undefined } },
): Promise<{ items: Item[]; nextCursor?: string }> {
  const { cursor, limit = call.configuration.pageSize } = call.input
  const { schema, table: name, idColumn } = call.configuration
  const list = [schema, name, idColumn]
  const after = cursor === undefined ? undefined : idBefore(cursor, list)
  const unknown = `'${cursor}' is no cursor of this list: give the nextCursor of a page, or none for the first one`
  if (cursor !== undefined && after === undefined) throw refusal(unknown, 'cursor')
  const table = await theTable(call)
  const most = Math.min(limit, longestPage)
  const rows = await send(call, selectAfter(table, after, most + 1)).catch((error: unknown) => {
    throw isOfData(error) ? refusal(unknown, 'cursor', error) : failureOf(error, () => undefined)
  })
  const items = rows.slice(0, most).map((row) => itemFrom(table, row))
  const last = items.at(-1)
  return rows.length > most && last ? { items, nextCursor: cursorAfter(last.id, list) } : { items }
}

export async function createItem(
  call: Telling<ItemEvent<'itemCreated'>> & { input: { draft: Fields } },
): Promise<{ item: Item }> {
  const table = await theTable(call)
  const given = assignments(table, call.input.draft, 'draft')
  const [row] = await send(call, insert(table, given)).catch(async (error: unknown) => {
    throw await refused(call, error, given)
  })
  if (!row) throw refusal('the table took the row and kept none: a rule or a trigger of it forbids it')
  const item = itemFrom(table, row)
  await call.client.createEvent({ type: 'itemCreated', payload: { item } })
  return { item }
}

export async function readItem(call: Call & { input: { id: string } }): Promise<{ item: Item }> {
  const { id } = call.input
  const table = await theTable(call)
  const [row] = await rowsWith(call, id, selectOne(table, id))
  return { item: itemFrom(table, row ?? missing(id)) }
}

export async function updateItem(
  call: Telling<ItemEvent<'itemUpdated'>> & { input: { item: { id: string }; changes: Fields } },
): Promise<{ item: Item }> {
  const { id } = call.input.item
  const table = await theTable(call)
  const given = assignments(table, call.input.changes, 'changes')
  const [before] = await rowsWith(call, id, selectOne(table, id))
  const row = before ?? missing(id)
  // What changes nothing is no change: nobody is told of it, and its time does not count.
  if (given.length === 0) return { item: itemFrom(table, row) }
  const [after] = await send(call, update(table, id, given)).catch(async (error: unknown) => {
    throw await refused(call, error, given)
  })
  const item = itemFrom(table, after ?? missing(id))
  await call.client.createEvent({ type: 'itemUpdated', payload: { item } })
  return { item }
}

export async function deleteItem(
  call: Telling<{ type: 'itemDeleted'; payload: { id: string } }> & { input: { item: { id: string } } },
): Promise<Record<string, never>> {
  const { id } = call.input.item
  const table = await theTable(call)
  const rows = await rowsWith(call, id, remove(table, id))
  if (rows.length > 0) await call.client.createEvent({ type: 'itemDeleted', payload: { id } })
  return {}
}

/** The rows of a statement that goes by an id. What is no id of this table is that of no row. */
async function rowsWith(call: Call, id: string, statement: Parameters<typeof send>[1]): ReturnType<typeof send> {
  try {
    return await send(call, statement)
  } catch (error) {
    if (stateOf(error).startsWith('22')) return []
    throw failureOf(error, () => undefined)
  }
}

/** What a row is refused with, and for which of its columns. */
async function refused(call: Call, error: unknown, given: readonly Assignment[]): Promise<unknown> {
  const culprit = isOfType(error) ? await notOfItsType(call, given) : undefined
  if (culprit)
    return refusal(
      `the column '${culprit.column}' is of the type ${culprit.type}, and does not take this (${stateOf(error)})`,
      culprit.place,
      error,
    )
  return failureOf(error, (columns) => given.find(({ column }) => columns.includes(column))?.place ?? columns[0])
}

/** The first one that is no value of its type. The database does not say which column it was. */
async function notOfItsType(call: Call, given: readonly Assignment[]): Promise<Assignment | undefined> {
  for (const one of given) {
    // A cast would cut it off.
    const most = /^character(?: varying)?\((\d+)\)$/.exec(one.type)?.[1]
    if (most !== undefined && typeof one.value === 'string' && Array.from(one.value).length > Number(most)) return one
    try {
      await send(call, { text: `SELECT ($1::${one.type})::text`, values: [one.value] })
    } catch (error) {
      if (isOfType(error)) return one
    }
  }
  return undefined
}

/** Whether a value is none of a type, or a check forbids it: domains have such as well as tables. */
const isOfType = (error: unknown): boolean => /^(?:22...|23514)$/.test(stateOf(error))

function missing(id: string): never {
  throw refusal(`there is no row with the id '${id}'`, 'id')
}
