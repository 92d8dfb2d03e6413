import type { ConsumerContext, TableRow, z } from 'plugboard'
import type definition from './definition.ts'
import { isSame } from './is-same.ts'

type Types = (typeof definition)['$types']
type Client = ConsumerContext<Types>['client']
type Row = TableRow<Types['tables']['items']['parsed']>
type NewRow = Types['tables']['items']['input']
type Json = z.core.util.JSONType

/** What an item has for sure. */
interface Item {
  readonly id: string
}

/** What a page has changed. */
export interface PageCounts {
  created: number
  updated: number
  unchanged: number
}

/** Takes over an item that was created or changed. What is told late changes nothing. */
export async function keep(client: Client, item: Item, at: string): Promise<void> {
  const before = (await rowsOf(client, [item.id])).get(item.id)
  if (before && (before.seenAt > at || (before.gone && before.seenAt === at))) return
  await write(client, [{ itemId: item.id, item: plain(item), gone: false, seenAt: at }])
}

/** Notes that an item was deleted. */
export async function forget(client: Client, itemId: string, at: string): Promise<void> {
  const before = (await rowsOf(client, [itemId])).get(itemId)
  // Also of one that is not known: that it was created may be told afterwards.
  if (!before || before.seenAt <= at) await write(client, [{ itemId, item: null, gone: true, seenAt: at }])
}

/** Takes over a page of a pass. What was told of an item since the pass began is newer. */
export async function keepPage(client: Client, items: readonly Item[], passBegan: string): Promise<PageCounts> {
  const counts = { created: 0, updated: 0, unchanged: 0 }
  const before = await rowsOf(
    client,
    items.map(({ id }) => id),
  )
  const seen: { id: string; seenAt: string }[] = []
  const changed: NewRow[] = []
  for (const item of items) {
    const row = before.get(item.id)
    if (row && row.seenAt > passBegan) {
      if (!row.gone) counts.unchanged += 1
    } else if (row && !row.gone && isSame(row.item, plain(item))) {
      // A pass that began anew meets what it has counted.
      if (row.seenAt === passBegan) continue
      counts.unchanged += 1
      seen.push({ id: row.id, seenAt: passBegan })
    } else {
      counts[row && !row.gone ? 'updated' : 'created'] += 1
      changed.push({ itemId: item.id, item: plain(item), gone: false, seenAt: passBegan })
    }
  }
  await client.updateTableRows({ table: 'items', rows: seen })
  await write(client, changed)
  return counts
}

/** Deletes some of the items that no pass or event has told of since then. Gives how many there were, and whether it was all of them. */
export async function sweep(client: Client, since: string): Promise<{ deleted: number; complete: boolean }> {
  const { items, nextCursor } = await client.findTableRows({
    table: 'items',
    filter: { seenAt: { $lt: since } },
    limit: 200,
  })
  await client.deleteTableRows({ table: 'items', ids: items.map(({ id }) => id) })
  return { deleted: items.filter(({ gone }) => !gone).length, complete: nextCursor === undefined }
}

async function rowsOf(client: Client, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  for (let start = 0; start < ids.length; start += 500) {
    const { items } = await client.findTableRows({
      table: 'items',
      filter: { itemId: { $in: ids.slice(start, start + 500) } },
      limit: 500,
    })
    for (const row of items) rows.set(row.itemId, row)
  }
  return rows
}

const write = (client: Client, rows: readonly NewRow[]) =>
  client.upsertTableRows({ table: 'items', keyColumn: 'itemId', rows })

/** An item without what only the compiler sees of it. */
// oxlint-disable-next-line unicorn/prefer-structured-clone -- what is there and undefined is no JSON
const plain = (item: Item): Json => JSON.parse(JSON.stringify(item)) as Json
