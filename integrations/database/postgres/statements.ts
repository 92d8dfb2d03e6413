import { escapeIdentifier } from 'pg'
import { refusal } from '../failure.ts'
import type { Fields, Item } from '../rows.ts'
import { parameterFrom, readable, valueFrom } from './column.ts'
import type { Statement, Texts } from './connections.ts'
import type { Table } from './table.ts'

/** What is to stand in a column. `place` is where the input says so. */
export interface Assignment {
  readonly column: string
  readonly type: string
  readonly value: unknown
  readonly place: string
}

const selected = ({ id, fields }: Table): string => [id, ...fields.values()].map(readable).join(', ')

/** The item that a row is. */
export function itemFrom({ fields }: Table, [id, ...texts]: Texts): Item {
  const values = [...fields.values()].map((column, index) => [column.name, valueFrom(column, texts[index] ?? null)])
  return Object.fromEntries([['id', id], ...values]) as Item
}

/** The rows that follow an id, so many at most. */
export function selectAfter(table: Table, after: string | undefined, limit: number): Statement {
  const id = escapeIdentifier(table.id.name)
  const behind = after === undefined ? [] : [parameterFrom(table.id, after, 'cursor')]
  const where = after === undefined ? '' : `WHERE listed.${id} > $2`
  return {
    // Without the name before it, it would be ordered by what is selected, which is text.
    text: `SELECT ${selected(table)} FROM ${table.name} AS listed ${where} ORDER BY listed.${id} LIMIT $1`,
    values: [limit, ...behind],
  }
}

export function selectOne(table: Table, id: string): Statement {
  const { where, values } = isRow(table, id)
  return { text: `SELECT ${selected(table)} FROM ${table.name} WHERE ${where}`, values }
}

export function insert(table: Table, given: readonly Assignment[]): Statement {
  const stamps = table.stamps.created.map(({ name }) => name)
  const columns = [...given.map(({ column }) => column), ...stamps].map((name) => escapeIdentifier(name)).join(', ')
  const values = [...given.map((_, index) => `$${index + 1}`), ...stamps.map(() => 'now()')].join(', ')
  const what = columns === '' ? 'DEFAULT VALUES' : `(${columns}) VALUES (${values})`
  return {
    text: `INSERT INTO ${table.name} ${what} RETURNING ${selected(table)}`,
    values: given.map(({ value }) => value),
  }
}

export function update(table: Table, id: string, given: readonly Assignment[]): Statement {
  const { where, values } = isRow(table, id)
  const assigned = [
    ...given.map(({ column }, index) => `${escapeIdentifier(column)} = $${index + 1 + values.length}`),
    ...table.stamps.updated.map(({ name }) => `${escapeIdentifier(name)} = now()`),
  ]
  return {
    text: `UPDATE ${table.name} SET ${assigned.join(', ')} WHERE ${where} RETURNING ${selected(table)}`,
    values: [...values, ...given.map(({ value }) => value)],
  }
}

export function remove(table: Table, id: string): Statement {
  const { where, values } = isRow(table, id)
  return { text: `DELETE FROM ${table.name} WHERE ${where} RETURNING 1`, values }
}

/** What columns are to hold, by a draft or by changes. */
export function assignments(table: Table, given: Fields, from: 'draft' | 'changes') {
  const stamps = [...table.stamps.created, ...table.stamps.updated]
  return Object.entries(given).flatMap(([field, value]): Assignment[] => {
    if (value === undefined) return []
    const place = `${from}.${field}`
    const column = field === 'id' ? table.id : table.fields.get(field)
    if (!column)
      throw refusal(`the table has no column '${field}'; it has '${[...table.fields.keys()].join("', '")}'`, place)
    if (field === 'id' && from === 'changes') throw refusal('the id of an item stays', place)
    if (column.isComputed) throw refusal(`what is in the column '${column.name}', the database says alone`, place)
    if (stamps.includes(column)) throw refusal(`the column '${column.name}' is set to the time by itself`, place)
    return [{ column: column.name, type: column.type, value: parameterFrom(column, value, place), place }]
  })
}

/** An id that the database reads as that of a row, such as ` 7` for 7, is still another one. */
function isRow({ id: column }: Table, id: string): { where: string; values: unknown[] } {
  return {
    where: `${escapeIdentifier(column.name)} = $1 AND ${readable(column)} = $2`,
    values: [parameterFrom(column, id, 'id'), id],
  }
}
