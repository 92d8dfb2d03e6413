import type { Page } from '../../implementation/records.ts'

/** A table of a plugin or bot. */
export interface TableAddress {
  /** The alias of the plugin, or `bot`. */
  readonly owner: string
  readonly table: string
}

/** The columns of a row, which are plain JSON. */
export type Columns = Readonly<Record<string, unknown>>

/** A row as it is stored. */
export interface StoredRow {
  readonly id: string
  readonly columns: Columns
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a value is compared with. */
export type Scalar = string | number | boolean

/** What the value of one column must be like. Values of different types are never equal, nor before one another. */
export type ColumnTest =
  | { readonly operator: 'in'; readonly values: readonly Scalar[] }
  | { readonly operator: 'lt' | 'lte' | 'gt' | 'gte'; readonly value: string | number }
  /** Text that has this one in it, or a list that has this item. */
  | { readonly operator: 'contains'; readonly value: Scalar }
  /** There is a value, which is not null. */
  | { readonly operator: 'exists' }

/** Which rows. */
export type RowCondition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly RowCondition[] }
  | { readonly kind: 'not'; readonly of: RowCondition }
  | { readonly kind: 'column'; readonly column: string; readonly test: ColumnTest }
  /** What every row has; times are in milliseconds since 1970. */
  | { readonly kind: 'fact'; readonly fact: RowFact; readonly test: ColumnTest }
export type RowFact = 'id' | 'createdAt' | 'updatedAt'

/** The order of rows; those of the same value by their ids. */
export interface RowOrder {
  readonly by: { readonly column: string } | { readonly fact: RowFact }
  readonly descending: boolean
}

/** A row that is to be made, changed or deleted; `at` is the time of it, in milliseconds since 1970. */
export type RowWrite = TableAddress & { readonly at: number } & (
    | { readonly kind: 'create'; readonly id: string; readonly columns: Columns }
    /** Changes these columns, and takes those away. Nothing happens if the row is gone. */
    | { readonly kind: 'update'; readonly id: string; readonly set: Columns; readonly unset: readonly string[] }
    /** Changes the row that has the same value in the column, or makes one of this id. */
    | {
        readonly kind: 'upsert'
        readonly id: string
        readonly key: string
        readonly set: Columns
        /** What a new row gets. */
        readonly columns: Columns
      }
    | { readonly kind: 'delete'; readonly ids: readonly string[] }
  )

/** The tables of plugins and bots. Rows are written as effects. */
export interface RowStore {
  getTableRow(table: TableAddress, id: string): Promise<StoredRow | undefined>
  /**
   * Rows in an order; the oldest first if none is given. In ascending order come numbers, texts, false, true, and then what
   * has no value that can be ordered.
   * @throws {PlugboardError} with the code `cursor_invalid`.
   */
  findTableRows(
    request: TableAddress & {
      readonly condition?: RowCondition | undefined
      readonly order?: RowOrder | undefined
      readonly cursor?: string | undefined
      readonly limit: number
    },
  ): Promise<Page<StoredRow>>
}
