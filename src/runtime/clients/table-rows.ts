import type { ConsumerData } from '../../definition/consumer-data.ts'
import { factsOf } from '../../definition/judges/object-facts.ts'
import type { Schema } from '../../definition/schema.ts'
import { PlugboardError, ValidationError, type Where } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Columns, RowWrite, StoredRow, TableAddress } from '../ports/row-store.ts'
import type { Store } from '../ports/store.ts'
import { newId } from '../new-id.ts'
import { validate } from '../validate.ts'
import { pageSize } from './found.ts'
import { jsonProblem } from './json-problem.ts'
import { readFilter, readOrder } from './row-filter.ts'

/** What the methods work with. */
export interface TableServices {
  readonly alias: string
  readonly definition: ConsumerData
  readonly store: Store
  readonly clock: Clock
  /** What the handler has written so far. */
  readonly rows: RowWrite[]
  readonly where: Where
}

type Given = Readonly<Record<string, unknown>>
type Shown = Columns & { readonly id: string; readonly createdAt: string; readonly updatedAt: string }
type FindRequest = {
  readonly table: string
  readonly filter?: unknown
  readonly orderBy?: unknown
  readonly orderDirection?: unknown
  readonly limit?: unknown
  readonly cursor?: string
}

const mostRows = 1000

/** The part of a client that concerns tables. */
export function tableRows(services: TableServices) {
  const tables = services.definition.tables
  const tableOf = (name: string): Table => {
    if (Object.hasOwn(tables, name)) return new Table(services, name, (tables[name] as { schema: Schema }).schema)
    throw new PlugboardError({
      code: 'table_unknown',
      message: `'${services.alias}' declares no table '${name}'; it declares ${Object.keys(tables).join(', ') || 'none'}`,
      where: services.where,
    })
  }
  return {
    createTableRows: async ({ table: name, rows }: { table: string; rows: readonly Given[] }) => {
      const table = tableOf(name)
      return { rows: await inOrder(rows, (given) => table.create(given)) }
    },
    getTableRow: async ({ table, id }: { table: string; id: string }) => ({ row: await tableOf(table).get(id) }),
    findTableRows: async (request: FindRequest) => {
      const table = tableOf(request.table)
      const page = await table.find(request)
      return { ...page, items: await inOrder(page.items, (row) => table.open(row)) }
    },
    updateTableRows: async ({ table: name, rows }: { table: string; rows: readonly (Given & { id: string })[] }) => {
      const table = tableOf(name)
      return { rows: await inOrder(rows, (given) => table.update(given)) }
    },
    upsertTableRows: async (request: { table: string; keyColumn: string; rows: readonly Given[] }) => {
      const table = tableOf(request.table)
      const done = await inOrder(request.rows, (given) => table.upsert(request.keyColumn, given))
      const inserted = done.filter(({ isNew }) => isNew).length
      return { rows: done.map(({ row }) => row), inserted, updated: done.length - inserted }
    },
    deleteTableRows: async ({ table, ids, filter }: { table: string; ids?: readonly string[]; filter?: unknown }) => ({
      deletedRows: await tableOf(table).delete(ids, filter),
    }),
  }
}

/** One after another: what is written first is seen by what comes after it. */
async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}

/** One table, with what the handler has written to it. */
class Table {
  readonly #services: TableServices
  readonly #address: TableAddress
  readonly #schema: Schema
  readonly #subject: string

  constructor(services: TableServices, name: string, schema: Schema) {
    this.#services = services
    this.#address = { owner: services.alias, table: name }
    this.#schema = schema
    this.#subject = `table '${name}' of '${services.alias}'`
  }

  async create(given: Given): Promise<Shown> {
    const columns = await this.#columns(given)
    const id = newId(this.#services.clock.now())
    const at = this.#write({ kind: 'create', id, columns })
    return this.#shown({ id, columns, createdAt: at, updatedAt: at })
  }

  async get(id: string): Promise<Shown> {
    return this.open(await this.#known(id))
  }

  async find({ filter, orderBy, orderDirection, limit, cursor }: FindRequest) {
    const { where, store } = this.#services
    const reading = { subject: this.#subject, columns: columnsOf(this.#schema), where }
    if (limit !== undefined && !(Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= mostRows))
      throw new PlugboardError({
        code: 'filter_invalid',
        message: `'limit' of what is asked of ${this.#subject} is wrong: it must be a whole number from 1 to ${mostRows}`,
        where: { ...where, path: 'limit' },
      })
    return store.findTableRows({
      ...this.#address,
      condition: filter === undefined ? undefined : readFilter(filter, reading),
      order: readOrder(orderBy, orderDirection, reading),
      cursor,
      limit: (limit as number | undefined) ?? pageSize,
    })
  }

  async update({ id, ...given }: Given & { readonly id: string }): Promise<Shown> {
    return this.#change(await this.#known(id), given)
  }

  async upsert(key: string, given: Given): Promise<{ readonly row: Shown; readonly isNew: boolean }> {
    const columns = await this.#columns(given)
    const value = columns[key]
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw new ValidationError(
        'row_invalid',
        `a row of ${this.#subject}`,
        [{ path: key, message: 'the key must be a text, a number or a boolean' }],
        this.#services.where,
      )
    const before = await this.#withKey(key, value)
    const set = Object.fromEntries(Object.entries(columns).filter(([name]) => given[name] !== undefined))
    const id = before?.id ?? newId(this.#services.clock.now())
    const after = before ? await this.#columns({ ...before.columns, ...set }) : columns
    const at = this.#write({ kind: 'upsert', id, key, set, columns })
    const row = { id, columns: after, createdAt: before?.createdAt ?? at, updatedAt: at }
    return { row: this.#shown(row), isNew: before === undefined }
  }

  async delete(ids: readonly string[] | undefined, filter: unknown): Promise<number> {
    const found = ids ?? (await this.#idsOf(filter))
    if (found.length > 0) this.#write({ kind: 'delete', ids: found })
    return found.length
  }

  /** The row as a handler receives it. */
  async open(row: StoredRow): Promise<Shown> {
    return this.#shown({ ...row, columns: await this.#columns(row.columns, `row '${row.id}'`) })
  }

  async #change(before: StoredRow, given: Given): Promise<Shown> {
    const after = await this.#columns({ ...before.columns, ...given })
    const names = Object.keys(given)
    const at = this.#write({
      kind: 'update',
      id: before.id,
      set: Object.fromEntries(names.flatMap((name) => (Object.hasOwn(after, name) ? [[name, after[name]]] : []))),
      unset: names.filter((name) => !Object.hasOwn(after, name)),
    })
    return this.#shown({ ...before, columns: after, updatedAt: at })
  }

  async #idsOf(filter: unknown): Promise<readonly string[]> {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await this.find({ table: this.#address.table, filter: filter ?? null, limit: mostRows, cursor })
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return ids
  }

  /** The row as it is now, with what the handler has written. */
  async #current(id: string): Promise<StoredRow | undefined> {
    return this.#after(await this.#services.store.getTableRow(this.#address, id), id)
  }

  async #known(id: string): Promise<StoredRow> {
    const row = typeof id === 'string' ? await this.#current(id) : undefined
    if (row) return row
    throw new PlugboardError({
      code: 'row_unknown',
      message: `${this.#subject} has no row '${id}'`,
      where: this.#services.where,
    })
  }

  /** The row that has a value in a column, also if the handler has just written it. */
  async #withKey(key: string, value: string | number | boolean): Promise<StoredRow | undefined> {
    const { store } = this.#services
    const condition = { kind: 'column', column: key, test: { operator: 'in', values: [value] } } as const
    const { items } = await store.findTableRows({ ...this.#address, condition, limit: 1 })
    const given = this.#own.flatMap((write) => (brings(write, key, value) ? write.id : []))
    const ids = new Set([...items.map(({ id }) => id), ...given])
    for (const id of ids) {
      const row = await this.#current(id)
      if (row?.columns[key] === value) return row
    }
    return undefined
  }

  get #own(): readonly RowWrite[] {
    const { owner, table } = this.#address
    return this.#services.rows.filter((write) => write.owner === owner && write.table === table)
  }

  #after(stored: StoredRow | undefined, id: string): StoredRow | undefined {
    let row = stored
    for (const write of this.#own) {
      if (write.kind === 'delete') row = write.ids.includes(id) ? undefined : row
      else if (write.id === id) row = after(row, write)
    }
    return row
  }

  #write(write: DistributiveOmit<RowWrite, keyof TableAddress | 'at'>): number {
    const at = this.#services.clock.now()
    this.#services.rows.push({ ...this.#address, at, ...write })
    return at
  }

  /** The columns as they are stored: checked by the schema, and plain JSON. */
  async #columns(given: unknown, which = 'a row'): Promise<Columns> {
    const subject = `${which} of ${this.#subject}`
    const { where } = this.#services
    const columns = await validate(this.#schema, given, { code: 'row_invalid', subject, where })
    const problem = jsonProblem(columns)
    if (problem) throw new ValidationError('row_invalid', subject, [problem], where)
    return Object.fromEntries(Object.entries(columns as Columns).filter(([, value]) => value !== undefined))
  }

  #shown({ id, columns, createdAt, updatedAt }: StoredRow): Shown {
    return { ...columns, id, createdAt: timeFrom(createdAt), updatedAt: timeFrom(updatedAt) }
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** The columns that a schema declares; undefined where it lets others be. */
function columnsOf(schema: Schema): readonly string[] | undefined {
  const facts = factsOf(schema, 'given')
  return facts && typeof facts.rest === 'string' ? [...facts.fields.keys()].map(String) : undefined
}

/** Whether a write gives a row this value in a column. */
function brings(write: RowWrite, key: string, value: unknown): write is Exclude<RowWrite, { kind: 'delete' }> {
  if (write.kind === 'delete') return false
  return (write.kind === 'update' ? write.set : write.columns)[key] === value
}

function after(row: StoredRow | undefined, write: RowWrite): StoredRow | undefined {
  if (write.kind === 'create' || (write.kind === 'upsert' && !row))
    return { id: write.id, columns: write.columns, createdAt: write.at, updatedAt: write.at }
  if (!row || write.kind === 'delete') return row
  const unset = write.kind === 'update' ? write.unset : []
  const columns = Object.entries({ ...row.columns, ...write.set }).filter(([name]) => !unset.includes(name))
  return { ...row, columns: Object.fromEntries(columns), updatedAt: write.at }
}

const timeFrom = (milliseconds: number): string => new Date(milliseconds).toISOString()
