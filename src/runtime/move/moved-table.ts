/** A table as both databases have it. */
export interface MovedTable {
  readonly name: string
  readonly columns: readonly MovedColumn[]
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[]
}

export interface MovedColumn {
  readonly name: string
  readonly type: ColumnType
}

/** As the history of the schema writes them. */
export const columnTypes = ['text', 'bigint', 'integer', 'double precision', 'jsonb', 'blob'] as const
export type ColumnType = (typeof columnTypes)[number]

/** A value of a column; a `jsonb` is the text of its JSON. */
export type Cell = string | number | Uint8Array | null

/** A row, its cells in the order of the columns. */
export type MovedRow = readonly Cell[]

/** Rows that are in memory at once, and about how many bytes. */
export const pageRows = 500
export const pageBytes = 4 * 1024 * 1024

/** What a row takes, about. */
export function bytesOf(row: MovedRow): number {
  let bytes = 0
  for (const cell of row) bytes += typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8
  return bytes
}

/** The values of a row's key, as they are told. */
export function keyOf(table: MovedTable, row: MovedRow): string {
  return table.key
    .map((name) => `${name} ${JSON.stringify(row[table.columns.findIndex((column) => column.name === name)])}`)
    .join(', ')
}
