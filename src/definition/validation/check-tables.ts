import { shapeOf } from '../judges/object-shape.ts'
import { entriesOf } from './check-fields.ts'
import { checkDeclaration, checkJsonSafe, checkObjectSchema } from './check-schemas.ts'
import { checkMemberName } from './check-names.ts'
import type { ProblemList } from './problem-list.ts'

/** What every row has beside its columns. */
const rowFacts: readonly string[] = ['id', 'createdAt', 'updatedAt']

/** Checks tables: names, columns that are plain JSON, and that none has the name of what every row has. */
export function checkTables(list: ProblemList, tables: unknown): void {
  for (const [name, table] of entriesOf(list, 'tables', tables)) {
    const path = `tables.${name}`
    checkMemberName(list, path, name)
    checkDeclaration(list, path, table, (...given) => {
      const schema = checkObjectSchema(...given)
      if (!schema) return
      checkJsonSafe(list, `${path}.schema`, schema, `a row of table '${name}'`, { defaults: true })
      for (const column of Object.keys(shapeOf(schema) ?? {})) checkColumn(list, `${path}.schema.${column}`, column)
    })
  }
}

function checkColumn(list: ProblemList, path: string, column: string): void {
  if (rowFacts.includes(column))
    list.add(
      'column_reserved',
      path,
      `every row has '${column}' of its own.`,
      'Leave the column out, or give it another name.',
    )
  else if (column.startsWith('$'))
    list.add('column_reserved', path, `'${column}' looks like an operator of a filter.`, 'Give it another name.')
}
