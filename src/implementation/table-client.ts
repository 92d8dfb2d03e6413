import type { Sides } from '../definition/schema.ts'
import type { Page } from './records.ts'

/** What every row has beside its columns. */
export interface RowFacts {
  readonly id: string
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  readonly updatedAt: string
}

/** A row of a table: its columns, as its schema gives them, and what every row has. */
export type TableRow<TColumns> = { [C in keyof (TColumns & RowFacts)]: (TColumns & RowFacts)[C] }

/** Which rows: all conditions hold. A plain value asks for that value, null for none. Values of different types are never equal. */
export type RowFilter<TRow> = { [C in keyof TRow]?: ColumnFilter<TRow[C]> } & {
  /** All of these hold. */
  $and?: readonly RowFilter<TRow>[]
  /** At least one of these holds. */
  $or?: readonly RowFilter<TRow>[]
  /** This does not hold. */
  $not?: RowFilter<TRow>
}

type ColumnFilter<TValue> = Scalar<TValue> | null | ColumnConditions<TValue>

/** What the value of a column must be like; all of it holds. */
export interface ColumnConditions<TValue> {
  $eq?: Scalar<TValue> | null
  /** Also rows that have no value in the column. */
  $ne?: Scalar<TValue> | null
  $in?: readonly Scalar<TValue>[]
  $lt?: Ordered<TValue>
  $lte?: Ordered<TValue>
  $gt?: Ordered<TValue>
  $gte?: Ordered<TValue>
  /** A text that has this one in it, in the same case; a list that has this item. */
  $contains?: Contained<TValue>
  /** Whether there is a value, which is not null. */
  $exists?: boolean
}

type Scalar<TValue> = Extract<TValue, string | number | boolean>
type Ordered<TValue> = Extract<TValue, string | number>
type Contained<TValue> = TValue extends string
  ? string
  : TValue extends readonly (infer TItem)[]
    ? Scalar<TItem>
    : never

/** The columns by which rows can be ordered. */
export type OrderableColumn<TRow> = {
  [C in keyof TRow]-?: NonNullable<TRow[C]> extends string | number | boolean ? C : never
}[keyof TRow] &
  string

/**
 * The tables of a plugin or bot. What a handler writes is stored when it ends, with everything else that it did;
 * `getTableRow` sees it before, `findTableRows` sees what was stored when it is called.
 */
export interface TableClient<TTables extends Record<string, Sides>> {
  /**
   * Makes rows.
   * @throws {ValidationError} with the code `row_invalid`.
   */
  createTableRows<N extends keyof TTables & string>(request: {
    table: N
    rows: readonly TTables[N]['input'][]
  }): Promise<{ rows: TableRow<TTables[N]['parsed']>[] }>
  /** @throws {PlugboardError} with the code `row_unknown`. */
  getTableRow<N extends keyof TTables & string>(request: {
    table: N
    id: string
  }): Promise<{ row: TableRow<TTables[N]['parsed']> }>
  /**
   * Finds rows, the oldest first unless an order is given. Rows that have no value in the column of the order come last in
   * ascending order, and texts are compared by their bytes.
   * @throws {PlugboardError} with the code `filter_invalid` or `cursor_invalid`.
   */
  findTableRows<N extends keyof TTables & string>(request: {
    table: N
    filter?: RowFilter<TableRow<TTables[N]['parsed']>>
    orderBy?: OrderableColumn<TableRow<TTables[N]['parsed']>>
    /** Default: `asc`. */
    orderDirection?: 'asc' | 'desc'
    /** How many rows a page has, at most 1000. Default: 100. */
    limit?: number
    /** The `nextCursor` of the page before, found by the same filter and order. */
    cursor?: string
  }): Promise<Page<TableRow<TTables[N]['parsed']>>>
  /**
   * Changes the columns that are given; one that is undefined loses its value. What another handler does to other columns of
   * the row stays, and a row that is deleted before this handler ends stays deleted.
   * @throws {ValidationError} with the code `row_invalid`.
   * @throws {PlugboardError} with the code `row_unknown`.
   */
  updateTableRows<N extends keyof TTables & string>(request: {
    table: N
    rows: readonly (Partial<TTables[N]['input']> & { id: string })[]
  }): Promise<{ rows: TableRow<TTables[N]['parsed']>[] }>
  /**
   * For each of these rows, changes the one that has the same value in the key column, or makes one. Two handlers that make
   * a row of the same key at once make one row, which has the id that the first of them was told.
   * @throws {ValidationError} with the code `row_invalid`.
   */
  upsertTableRows<N extends keyof TTables & string>(request: {
    table: N
    keyColumn: OrderableColumn<TTables[N]['parsed']>
    rows: readonly TTables[N]['input'][]
  }): Promise<{ rows: TableRow<TTables[N]['parsed']>[]; inserted: number; updated: number }>
  /** Deletes rows by their ids, or those that the filter finds now: `{}` finds all. */
  deleteTableRows<N extends keyof TTables & string>(
    request: { table: N } & (
      | { ids: readonly string[]; filter?: never }
      | { filter: RowFilter<TableRow<TTables[N]['parsed']>>; ids?: never }
    ),
  ): Promise<{ deletedRows: number }>
}
