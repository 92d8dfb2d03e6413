import type { MovedTable } from './moved-table.ts'
import type { PostgresTarget } from './postgres-target.ts'
import { SqliteSource } from './sqlite-source.ts'
import { type TableContent, TableDigest } from './table-digest.ts'

/** What is moved, and where. */
export interface MoveOptions {
  /** The name of the bot. */
  readonly bot: string
  /** The path of its SQLite file. */
  readonly file: string
  /** The URL of the PostgreSQL. */
  readonly database: string
  /** Is told of each table, once it is copied and compared. */
  onTable?(report: MovedTableReport): void
}

/** What became of a table. */
export interface MovedTableReport {
  readonly table: string
  readonly source: TableContent
  readonly target: TableContent
  /** Whether they are the same. */
  readonly agrees: boolean
}

/** What became of a store. */
export interface MoveReport {
  /** The file. */
  readonly from: string
  /** The schema and where it is, without a password. */
  readonly to: string
  readonly tables: readonly MovedTableReport[]
  /** Whether every table is the same. If not, no bot starts on the copy. */
  readonly agrees: boolean
}

/**
 * Copies everything that a bot has in its SQLite file to PostgreSQL, table by table, and reads it again to compare count
 * and checksum. The file stays what it is, and nobody else has it open meanwhile. An interrupted move is begun anew, and so
 * is one that was done, as long as no bot has worked on the copy; until it is whole, no bot starts on it.
 * @throws {PlugboardError} with the code `store_missing`, `store_in_use`, `store_newer`, `move_target_used`,
 * `move_in_use`, `move_refused`, `store_failed`, `package_missing` or `argument_invalid`.
 */
export async function moveStore({ bot, file, database, onTable }: MoveOptions): Promise<MoveReport> {
  using source = SqliteSource.open(file)
  // Bots that run embedded do not load it.
  const { PostgresTarget, schemaOf, shownPlace } = await import('./postgres-target.ts')
  const schema = schemaOf(bot)
  const to = shownPlace(database, schema)
  await using target = await PostgresTarget.open(database, schema, to)
  await target.begin(source.tables)
  const tables: MovedTableReport[] = []
  for (const table of source.tables) {
    const report = await moveTable(table, source, target)
    tables.push(report)
    onTable?.(report)
  }
  const agrees = tables.every((report) => report.agrees)
  if (agrees) await target.end(source.tables)
  return { from: file, to, tables, agrees }
}

async function moveTable(table: MovedTable, source: SqliteSource, target: PostgresTarget): Promise<MovedTableReport> {
  const [read, written] = [new TableDigest(table), new TableDigest(table)]
  for (const page of source.pages(table)) {
    read.add(page)
    await target.insert(table, page)
  }
  for await (const page of target.pages(table)) written.add(page)
  const [one, other] = [read.end(), written.end()]
  return {
    table: table.name,
    source: one,
    target: other,
    agrees: one.rows === other.rows && one.checksum === other.checksum,
  }
}
