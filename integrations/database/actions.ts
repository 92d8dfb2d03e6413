import { cursorAfter, idBefore } from './cursor.ts'
import { cursorRefusal, refusal } from './failure.ts'
import { rowsOf } from './opened.ts'
import type { Call, Fields, Item } from './rows.ts'

const longestPage = 1000

/** A call that tells of what it did. */
interface Telling<TEvent> extends Call {
  readonly client: { createEvent(event: TEvent): Promise<unknown> }
}
type ItemEvent<T extends string> = { type: T; payload: { item: Item } }

export async function listItems(
  call: Call & { input: { cursor?: string | undefined; limit?: number | undefined } },
): Promise<{ items: Item[]; nextCursor?: string }> {
  const { cursor, limit = call.configuration.pageSize } = call.input
  const rows = await rowsOf(call)
  const id = cursor === undefined ? undefined : idBefore(cursor, rows.list)
  if (cursor !== undefined && id === undefined) throw cursorRefusal()
  const most = Math.min(limit, longestPage)
  const found = await rows.after(id, most + 1)
  const items = found.slice(0, most)
  const last = items.at(-1)
  return found.length > most && last ? { items, nextCursor: cursorAfter(last.id, rows.list) } : { items }
}

export async function createItem(
  call: Telling<ItemEvent<'itemCreated'>> & { input: { draft: Fields } },
): Promise<{ item: Item }> {
  const rows = await rowsOf(call)
  const item = await rows.create(call.input.draft)
  await call.client.createEvent({ type: 'itemCreated', payload: { item } })
  return { item }
}

export async function readItem(call: Call & { input: { id: string } }): Promise<{ item: Item }> {
  const { id } = call.input
  const rows = await rowsOf(call)
  return { item: (await rows.read(id)) ?? missing(id) }
}

export async function updateItem(
  call: Telling<ItemEvent<'itemUpdated'>> & { input: { item: { id: string }; changes: Fields } },
): Promise<{ item: Item }> {
  const { item: given, changes } = call.input
  const rows = await rowsOf(call)
  const before = (await rows.read(given.id)) ?? missing(given.id)
  // What changes nothing is no change: nobody is told of it, and its time does not count.
  if (Object.values(changes).every((value) => value === undefined)) return { item: before }
  const item = (await rows.update(given.id, changes)) ?? missing(given.id)
  await call.client.createEvent({ type: 'itemUpdated', payload: { item } })
  return { item }
}

export async function deleteItem(
  call: Telling<{ type: 'itemDeleted'; payload: { id: string } }> & { input: { item: { id: string } } },
): Promise<Record<string, never>> {
  const { id } = call.input.item
  const rows = await rowsOf(call)
  if (await rows.delete(id)) await call.client.createEvent({ type: 'itemDeleted', payload: { id } })
  return {}
}

function missing(id: string): never {
  throw refusal(`there is no item with the id '${id}'`, 'id')
}
