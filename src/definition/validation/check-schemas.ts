import type { Schema } from '../schema.ts'
import { describeType } from '../judges/describe-type.ts'
import { findNotJsonSafe, type JsonSafety } from '../judges/json-safe.ts'
import { isObjectSchema } from '../judges/object-shape.ts'
import { checkFields, describedFields, type FieldTable, isRecord } from './check-fields.ts'
import { findHoles, isSchema } from './find-holes.ts'
import { type ProblemList, shown } from './problem-list.ts'

/** Checks a declaration that holds a schema; interfaces and consumers check builders in its place. */
export type SchemaCheck = (list: ProblemList, path: string, declaration: unknown) => void

/** Checks that a declaration holds the schema of an object. Gives the schema if it does. */
export function checkObjectSchema(list: ProblemList, path: string, declaration: unknown): Schema | undefined {
  const schema = isRecord(declaration) ? declaration.schema : undefined
  if (isSchema(schema)) return checkIsObject(list, `${path}.schema`, schema)
  const given = isRecord(declaration) && schema !== undefined ? `schema: ${shown(schema)}` : shown(declaration)
  list.add(
    'schema_missing',
    path,
    `expected { schema: z.object({ … }) }, given ${given}.`,
    isSchema(declaration) ? 'Write { schema: … } around it.' : 'Give it a schema of zod 4.',
  )
  return undefined
}

/** Checks the fields of a declaration beside its schema, which is checked as `checkSchema` says. */
export function checkDeclaration(
  list: ProblemList,
  path: string,
  declaration: unknown,
  checkSchema: SchemaCheck = checkObjectSchema,
  table: FieldTable = describedFields,
): void {
  if (isRecord(declaration)) checkFields(list, path, declaration, table)
  checkSchema(list, path, declaration)
}

/** Checks that a schema is one of objects, and whole. Gives it if it is. */
export function checkIsObject(list: ProblemList, path: string, schema: Schema): Schema | undefined {
  try {
    const holes = findHoles(schema)
    for (const { path: place, given } of holes)
      list.add(
        'schema_missing',
        place === '' ? path : `${path}.${place}`,
        `expected a schema inside this one, given ${shown(given)}.`,
        'Put a schema of zod 4 there.',
      )
    if (holes.length > 0) return undefined
    if (isObjectSchema(schema)) return schema
    list.add(
      'schema_not_object',
      path,
      `expected the schema of an object, given ${describeType(schema)}.`,
      'Use z.object({ … }).',
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    list.add(
      'schema_missing',
      path,
      `the schema cannot be looked at: ${reason}.`,
      'Declare what it refers to before it.',
    )
  }
  return undefined
}

/** Checks that a schema holds plain JSON, its input equal to its output; with `defaults`, up to what they fill in. */
export function checkJsonSafe(
  list: ProblemList,
  path: string,
  schema: Schema,
  what: string,
  safety: JsonSafety = {},
): void {
  const remedy = `Use schemas without transforms${safety.defaults ? '' : ', defaults'} and values that JSON cannot hold.`
  try {
    for (const found of findNotJsonSafe(schema, safety)) {
      const place = found.path === '' ? path : `${path}.${found.path}`
      const subject = found.path === '' ? 'it' : `'${found.path}'`
      const message = `${what} must be plain JSON with input equal to output: ${subject} ${found.reason}.`
      list.add('schema_not_json', place, message, remedy)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    list.add('schema_not_json', path, `${what} is too deep to be judged: each time it is read it is made anew.`, remedy)
  }
}
