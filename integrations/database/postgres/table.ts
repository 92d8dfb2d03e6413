import { escapeIdentifier } from 'pg'
import type { TableSettings } from '../configuration.ts'
import { absence, refusal } from '../failure.ts'
import { type Column, kindOf } from './column.ts'
import type { Statement, Texts } from './connections.ts'

/** A table, as the catalogue knows it. */
export interface Table {
  /** Its quoted name, with that of the schema. */
  readonly name: string
  readonly id: Column
  /** Every column but that of the id, by name. */
  readonly fields: ReadonlyMap<string, Column>
  /** The columns that are set to the time, when a row is created and when it is changed. */
  readonly stamps: { readonly created: readonly Column[]; readonly updated: readonly Column[] }
}

type Names = Pick<TableSettings, 'schema' | 'table' | 'idColumn' | 'createdColumn' | 'updatedColumn'>

/** Of a domain the type beneath counts. */
const catalogue = `
  SELECT a.attname, format_type(a.atttypid, a.atttypmod), coalesce(b.typname, t.typname), coalesce(b.typcategory, t.typcategory),
    (a.attgenerated <> '' OR a.attidentity = 'a')::text,
    (c.relkind NOT IN ('r', 'p') OR a.attnotnull AND EXISTS (
      SELECT FROM pg_catalog.pg_index i
      WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum
    ))::text
  FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
  WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  ORDER BY a.attnum`

/** Looks a table up. */
export async function tableOf(
  names: Names,
  query: (statement: Statement) => Promise<readonly Texts[]>,
): Promise<Table> {
  const rows = await query({ text: catalogue, values: [names.schema, names.table] })
  if (rows.length === 0)
    throw absence(
      `there is no table '${names.table}' in the schema '${names.schema}': look at \`schema\` and \`table\` in the configuration, or create it`,
    )
  const columns = new Map(rows.map((row) => [row[0] ?? '', columnFrom(row)]))
  const column = (name: string, setting: keyof Names): Column => {
    const found = columns.get(name)
    if (found) return found
    throw refusal(
      `the table '${names.table}' has no column '${name}', which \`${setting}\` of the configuration names; it has '${[...columns.keys()].join("', '")}'`,
    )
  }
  const id = column(names.idColumn, 'idColumn')
  if (rows.find(([name]) => name === id.name)?.[5] !== 'true')
    throw refusal(`the column '${id.name}' tells no rows apart: it must be unique and NOT NULL, as a primary key is`)
  if (id.name !== 'id' && columns.has('id'))
    throw refusal(
      `the table '${names.table}' has a column 'id' beside '${id.name}', and items have one id: name 'id' as \`idColumn\`, or a view that calls it differently as \`table\``,
    )
  const stamp = (setting: 'createdColumn' | 'updatedColumn'): Column[] => {
    const name = names[setting]
    if (name === undefined) return []
    const found = column(name, setting)
    if (['instant', 'moment'].includes(found.kind)) return [found]
    throw refusal(
      `the column '${name}', which \`${setting}\` of the configuration names, holds no time: it is of the type ${found.type}`,
    )
  }
  const [created, updated] = [stamp('createdColumn'), stamp('updatedColumn')]
  columns.delete(id.name)
  return {
    name: `${escapeIdentifier(names.schema)}.${escapeIdentifier(names.table)}`,
    id,
    fields: columns,
    stamps: { created: [...created, ...updated], updated },
  }
}

function columnFrom([name, type, base, category, isComputed]: Texts): Column {
  return {
    name: name ?? '',
    type: type ?? '',
    kind: kindOf(base ?? '', category ?? ''),
    isComputed: isComputed === 'true',
  }
}
