import { createHash } from 'node:crypto'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { ColumnTest, RowCondition, RowFact, Scalar, TableAddress } from '../../ports/row-store.ts'
import type { UnitContext } from '../unit.ts'

type Condition = RawBuilder<SqlBool>

// Names of columns are values here: `json_each` and `->` take them as parameters, so that nothing in them is read as SQL
// or as a path.

/** A condition on the rows of a table. It is true or false, never null, so that `not` is its opposite. */
export function conditionOf(context: UnitContext, table: TableAddress, condition: RowCondition): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((part) => conditionOf(context, table, part))
      if (parts.length === 0) return condition.kind === 'all' ? sql`1 = 1` : sql`1 = 0`
      return sql`(${sql.join(parts, condition.kind === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`not ${conditionOf(context, table, condition.of)}`
    case 'fact':
      return factTest(condition.fact, condition.test)
    default:
      return columnTest(context, table, condition.column, condition.test)
  }
}

const signs = { lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` }

function columnTest(context: UnitContext, table: TableAddress, column: string, test: ColumnTest): Condition {
  switch (test.operator) {
    case 'in':
      if (test.values.length === 0) return sql`1 = 0`
      return sql`table_rows.id in (select row_id from row_cells where owner = ${table.owner} and table_name = ${table.table}
        and column_name = ${column} and value in (${sql.join(test.values.map(cellValue))}))`
    case 'exists':
      return context.dialect === 'sqlite'
        ? cellWhere(column, sql`cell.type <> 'null'`)
        : sql`coalesce(jsonb_typeof(${cellAt(column)}) <> 'null', false)`
    case 'contains':
      return context.dialect === 'sqlite'
        ? containsInSqlite(column, test.value)
        : containsInPostgres(column, test.value)
    default: {
      const compared = sql`${signs[test.operator]} ${test.value}`
      if (context.dialect === 'sqlite')
        return cellWhere(
          column,
          typeof test.value === 'number'
            ? sql`cell.type in ('integer', 'real') and cell.atom ${compared}`
            : sql`cell.type = 'text' and cell.atom ${compared}`,
        )
      return typeof test.value === 'number'
        ? sql`coalesce(${numberInPostgres(column)} ${compared}, false)`
        : sql`coalesce(${textInPostgres(column)} ${compared}, false)`
    }
  }
}

const factColumns = { id: 'table_rows.id', createdAt: 'table_rows.created_at', updatedAt: 'table_rows.updated_at' }
export const factColumn = (fact: RowFact): RawBuilder<string | number> => sql.ref(factColumns[fact])

function factTest(fact: RowFact, test: ColumnTest): Condition {
  switch (test.operator) {
    case 'in':
      return test.values.length === 0 ? sql`1 = 0` : sql`${factColumn(fact)} in (${sql.join(test.values)})`
    case 'exists':
      return sql`1 = 1`
    case 'contains':
      return sql`1 = 0`
    default:
      return sql`${factColumn(fact)} ${signs[test.operator]} ${test.value}`
  }
}

/** The parts by which values of a column are ordered: what kind of value it is, and the value as a number or as text. */
export function orderParts(
  { dialect }: UnitContext,
  column: string,
): { rank: RawBuilder<number>; number: RawBuilder<number | null>; text: RawBuilder<string | null> } {
  if (dialect === 'postgres') {
    const cell = cellAt(column)
    return {
      rank: sql`case jsonb_typeof(${cell}) when 'number' then 1 when 'string' then 2 when 'boolean' then 3 else 4 end`,
      number: sql`case when jsonb_typeof(${cell}) = 'boolean' then (${cell})::boolean::integer::double precision else ${numberInPostgres(column)} end`,
      text: textInPostgres(column),
    }
  }
  const cell = (what: RawBuilder<unknown>) =>
    sql`(select ${what} from json_each(table_rows.data) as cell where cell.key = ${column})`
  return {
    rank: sql`coalesce(${cell(sql`case when cell.type in ('integer', 'real') then 1 when cell.type = 'text' then 2 when cell.type in ('true', 'false') then 3 end`)}, 4)`,
    number: cell(sql`case when cell.type <> 'text' then cell.atom end`) as RawBuilder<number | null>,
    text: cell(sql`case when cell.type = 'text' then cell.atom end`) as RawBuilder<string | null>,
  }
}

const cellWhere = (column: string, condition: Condition): Condition =>
  sql`exists (select 1 from json_each(table_rows.data) as cell where cell.key = ${column} and ${condition})`

const cellAt = (column: string): RawBuilder<unknown> => sql`(table_rows.data -> ${column}::text)`
const textInPostgres = (column: string): RawBuilder<string | null> =>
  sql`(case when jsonb_typeof(${cellAt(column)}) = 'string' then (${cellAt(column)} #>> '{}') end) collate "C"`
const numberInPostgres = (column: string): RawBuilder<number | null> =>
  sql`(case when jsonb_typeof(${cellAt(column)}) = 'number' then (${cellAt(column)} #>> '{}')::double precision end)`

function containsInSqlite(column: string, value: Scalar): Condition {
  const isItem =
    typeof value === 'string'
      ? sql`item.type = 'text' and item.atom = ${value}`
      : typeof value === 'number'
        ? sql`item.type in ('integer', 'real') and item.atom = ${value}`
        : sql`item.type = ${String(value)}`
  const inList = sql`cell.type = 'array' and exists (select 1 from json_each(cell.value) as item where ${isItem})`
  const inText = typeof value === 'string' ? sql`cell.type = 'text' and instr(cell.atom, ${value}) > 0` : sql`1 = 0`
  return cellWhere(column, sql`((${inText}) or (${inList}))`)
}

function containsInPostgres(column: string, value: Scalar): Condition {
  const cell = cellAt(column)
  const inText = typeof value === 'string' ? sql`position(${value}::text in (${cell} #>> '{}')) > 0` : sql`false`
  return sql`(case jsonb_typeof(${cell}) when 'string' then ${inText} when 'array' then ${cell} @> ${JSON.stringify(value)}::jsonb else false end is true)`
}

/** The longest value that is written out in the index. */
const longestCell = 200

/** A value as the index has it: as JSON, or by its hash if that is long. */
export function cellValue(value: Scalar): string {
  const json = JSON.stringify(value)
  return json.length <= longestCell ? json : `#${createHash('sha256').update(json).digest('base64url')}`
}

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
