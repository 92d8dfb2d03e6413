import { sql } from 'kysely'
import { PlugboardError } from '../../../errors/index.ts'
import type { Page } from '../../../implementation/records.ts'
import type { Columns, RowOrder, RowWrite, StoredRow, TableAddress } from '../../ports/row-store.ts'
import type { Store } from '../../ports/store.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { newId } from '../../new-id.ts'
import { pageOf } from './pages.ts'
import { toJson } from './records.ts'
import { cellValue, conditionOf, factColumn, isScalar, orderParts } from './row-conditions.ts'

/** How many rows a statement names at most. */
const chunk = 500

export function* getTableRow(context: UnitContext, table: TableAddress, id: string): Unit<StoredRow | undefined> {
  const found = yield* row(rowsOf(context, table).where('table_rows.id', '=', id))
  return found && rowFrom(found)
}

export function* findTableRows(
  context: UnitContext,
  { condition, order, cursor, limit, ...table }: Parameters<Store['findTableRows']>[0],
): Unit<Page<StoredRow>> {
  const ordering = orderingOf(context, order)
  let query = rowsOf(context, table).limit(limit + 1)
  for (const [index, { value }] of ordering.keys.entries()) query = query.select(value.as(`key_${index}`))
  if (condition) query = query.where(conditionOf(context, table, condition))
  if (cursor !== undefined) query = query.where(after(ordering, keysFrom(cursor, ordering.keys.length)))
  for (const { value } of [...ordering.keys, { value: factColumn('id') }])
    query = query.orderBy(value, ordering.descending ? 'desc' : 'asc')
  return pageOf(
    (yield* rows(query)) as readonly (RowRecord & Record<`key_${number}`, Key>)[],
    limit,
    (last) => cursorOf([...ordering.keys.map((_, index) => last[`key_${index}`] ?? null), last.id]),
    rowFrom,
  )
}

/** Makes, changes and deletes rows, one after another. */
export function* writeRows(context: UnitContext, writes: readonly RowWrite[]): Unit<void> {
  yield* lockKeys(context, writes)
  for (const write of writes) {
    if (write.kind === 'create') yield* insertRow(context, write, write.id, write.columns)
    else if (write.kind === 'update') yield* updateRow(context, write, write.id, write.set, write.unset)
    else if (write.kind === 'upsert') yield* upsertRow(context, write)
    else
      for (let start = 0; start < write.ids.length; start += chunk)
        yield* deleteRows(context, write, write.ids.slice(start, start + chunk))
  }
}

type Upsert = Extract<RowWrite, { kind: 'upsert' }>
type Written = Pick<RowWrite, keyof TableAddress | 'at'>

function* upsertRow(context: UnitContext, write: Upsert): Unit<void> {
  const { owner, table, key, id, set, columns } = write
  const found = yield* row(
    context.db
      .selectFrom('row_cells')
      .select('row_id')
      .where('owner', '=', owner)
      .where('table_name', '=', table)
      .where('column_name', '=', key)
      .where('value', '=', cellValue(columns[key] as string))
      .orderBy('row_id')
      .limit(1),
  )
  if (found) return yield* updateRow(context, write, found.row_id, set, [])
  // The row of this id has another key by now.
  const taken = yield* row(context.db.selectFrom('table_rows').select('id').where('id', '=', id))
  return yield* insertRow(context, write, taken ? newId(context.now) : id, columns)
}

/** Two who upsert the same key at once would make two rows: the second waits for the first. SQLite has one writer anyway. */
function* lockKeys({ db, dialect }: UnitContext, writes: readonly RowWrite[]): Unit<void> {
  if (dialect === 'sqlite') return
  const names = writes.flatMap((write) =>
    write.kind === 'upsert'
      ? [JSON.stringify([write.owner, write.table, write.key, cellValue(write.columns[write.key] as string)])]
      : [],
  )
  // In one order, so that two units never wait for one another.
  for (const name of [...new Set(names)].toSorted((one, other) => (one < other ? -1 : 1)))
    yield* run(db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${name}, 1))`.as('locked')))
}

function* insertRow(context: UnitContext, table: Written, id: string, columns: Columns): Unit<void> {
  const { db } = context
  const facts = { owner: table.owner, table_name: table.table, created_at: table.at, updated_at: table.at }
  yield* run(db.insertInto('table_rows').values({ id, ...facts, data: toJson(columns) }))
  yield* insertCells(context, table, id, columns)
}

function* updateRow(
  context: UnitContext,
  table: Written,
  id: string,
  set: Columns,
  unset: readonly string[],
): Unit<void> {
  const { db, dialect } = context
  const query = rowsOf(context, table).where('table_rows.id', '=', id)
  const found = yield* row(dialect === 'postgres' ? query.forUpdate() : query)
  if (!found) return
  const before = JSON.parse(found.data) as Columns
  const columns = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([name]) => !unset.includes(name)))
  yield* run(
    db
      .updateTable('table_rows')
      .set({ data: toJson(columns), updated_at: table.at })
      .where('id', '=', id),
  )
  const changed = [...Object.keys(set), ...unset]
  if (changed.length === 0) return
  yield* run(db.deleteFrom('row_cells').where('row_id', '=', id).where('column_name', 'in', changed))
  yield* insertCells(context, table, id, set)
}

function* deleteRows({ db }: UnitContext, { owner, table }: TableAddress, ids: readonly string[]): Unit<void> {
  yield* run(
    db.deleteFrom('row_cells').where('row_id', 'in', ids).where('owner', '=', owner).where('table_name', '=', table),
    db.deleteFrom('table_rows').where('id', 'in', ids).where('owner', '=', owner).where('table_name', '=', table),
  )
}

/** Notes the values by which a row is found without a look at the others. */
function* insertCells(
  { db }: UnitContext,
  { owner, table }: TableAddress,
  rowId: string,
  columns: Columns,
): Unit<void> {
  const cells = Object.entries(columns).flatMap(([name, value]) =>
    isScalar(value) ? [{ owner, table_name: table, column_name: name, value: cellValue(value), row_id: rowId }] : [],
  )
  if (cells.length > 0) yield* run(db.insertInto('row_cells').values(cells))
}

function rowsOf({ db, dialect }: UnitContext, { owner, table }: TableAddress) {
  // What PostgreSQL has as jsonb, its driver would parse.
  const data = dialect === 'postgres' ? sql<string>`table_rows.data::text` : sql<string>`table_rows.data`
  return db
    .selectFrom('table_rows')
    .select(['table_rows.id', 'table_rows.created_at', 'table_rows.updated_at', data.as('data')])
    .where('table_rows.owner', '=', owner)
    .where('table_rows.table_name', '=', table)
}

interface RowRecord {
  readonly id: string
  readonly created_at: number
  readonly updated_at: number
  readonly data: string
}

const rowFrom = ({ id, data, created_at, updated_at }: RowRecord): StoredRow => ({
  id,
  columns: JSON.parse(data) as Columns,
  createdAt: created_at,
  updatedAt: updated_at,
})

type Key = string | number | null
/** What rows are ordered by before their ids. A key that is null for a row is null for all that are equal to it before. */
interface Ordering {
  readonly keys: readonly { readonly value: ReturnType<typeof sql<Key>> }[]
  readonly descending: boolean
}

function orderingOf(context: UnitContext, order: RowOrder | undefined): Ordering {
  if (!order) return { keys: [], descending: false }
  const { by, descending } = order
  if ('fact' in by) return { keys: by.fact === 'id' ? [] : [{ value: factColumn(by.fact) }], descending }
  const { rank, number, text } = orderParts(context, by.column)
  return { keys: [{ value: rank }, { value: number }, { value: text }], descending }
}

/** Rows after the one that has these keys: they differ from it first in one that comes after it. */
function after({ keys, descending }: Ordering, last: readonly Key[]) {
  const sign = descending ? sql`<` : sql`>`
  const parts = [...keys.map(({ value }) => value), factColumn('id')]
  const alternatives = parts.flatMap((part, index) => {
    if (last[index] === null) return []
    const equal = parts
      .slice(0, index)
      .flatMap((before, place) => (last[place] === null ? [] : [sql`${before} = ${last[place]}`]))
    return [sql`(${sql.join([...equal, sql`${part} ${sign} ${last[index]}`], sql` and `)})`]
  })
  return sql<boolean>`(${sql.join(alternatives, sql` or `)})`
}

const cursorOf = (keys: readonly Key[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

function keysFrom(cursor: string, count: number): readonly Key[] {
  try {
    const keys = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    const isKey = (key: unknown) => key === null || typeof key === 'string' || typeof key === 'number'
    if (Array.isArray(keys) && keys.length === count + 1 && keys.every(isKey)) return keys
  } catch {
    // Told below.
  }
  throw new PlugboardError({ code: 'cursor_invalid', message: 'the cursor is none of this table in this order' })
}
