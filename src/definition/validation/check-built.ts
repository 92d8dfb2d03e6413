import type { Schema } from '../schema.ts'
import { checkIsObject } from './check-schemas.ts'
import { isSchema } from './find-holes.ts'
import { listed, type ProblemList, shown } from './problem-list.ts'

/** Calls a builder and checks that it gives the schema of an object. Gives that schema, if so. */
export function checkBuilt(
  list: ProblemList,
  path: string,
  build: () => unknown,
  entities: readonly string[],
): Schema | undefined {
  const remedy = `It is called with schemas of the entities: ${listed(entities)}.`
  let schema: unknown
  try {
    schema = build()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    list.add('builder_failed', path, `the builder threw: ${reason.replace(/\.$/, '')}.`, remedy)
    return undefined
  }
  if (isSchema(schema)) return checkIsObject(list, path, schema)
  list.add('schema_missing', path, `the builder gave ${shown(schema)}, no schema.`, 'Return z.object({ … }).')
  return undefined
}
