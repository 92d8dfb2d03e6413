import { createHash } from 'node:crypto'
import type { MovedRow, MovedTable } from './moved-table.ts'

/** What is compared of a table. */
export interface TableContent {
  readonly rows: number
  /** SHA-256 over the rows in the order of their keys, in hexadecimal: the same for the same content of either database. */
  readonly checksum: string
}

/** Makes the checksum of a table, given its rows in the order of their keys. */
export class TableDigest {
  readonly #table: MovedTable
  readonly #hash = createHash('sha256')
  #rows = 0

  constructor(table: MovedTable) {
    this.#table = table
  }

  add(rows: readonly MovedRow[]): void {
    for (const row of rows) {
      this.#rows += 1
      this.#hash.update(`${JSON.stringify(row.map((cell, index) => this.#told(cell, index)))}\n`)
    }
  }

  /** What was added. Nothing can be added after it. */
  end(): TableContent {
    return { rows: this.#rows, checksum: this.#hash.digest('hex') }
  }

  #told(cell: MovedRow[number], index: number): unknown {
    if (cell instanceof Uint8Array) return createHash('sha256').update(cell).digest('hex')
    // PostgreSQL keeps JSON by its meaning: it writes members in its own order.
    if (this.#table.columns[index]?.type === 'jsonb' && typeof cell === 'string') return canonical(JSON.parse(cell))
    return cell
  }
}

/** The JSON of a value with its members in the order of their names. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}
