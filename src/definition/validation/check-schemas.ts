import type { Schema } from '../schema.ts'
import { describeType } from '../judges/describe-type.ts'
import { findNotJsonSafe } from '../judges/json-safe.ts'
import { isObjectSchema } from '../judges/object-shape.ts'
import { type ProblemList, shown } from './problem-list.ts'

/** Whether a value is a schema of zod. */
export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && '_zod' in value

/** Checks that a declaration holds the schema of an object. Gives the schema if it does. */
export function checkObjectSchema(list: ProblemList, path: string, declaration: unknown): Schema | undefined {
  const schema =
    typeof declaration === 'object' && declaration !== null ? (declaration as { schema?: unknown }).schema : undefined
  if (!isSchema(schema)) {
    list.add(
      'schema_missing',
      path,
      `expected { schema: z.object({ … }) }, given ${shown(typeof schema === 'function' ? 'a function' : declaration)}.`,
      'Give it a schema.',
    )
    return undefined
  }
  if (!isObjectSchema(schema)) {
    list.add(
      'schema_not_object',
      `${path}.schema`,
      `expected the schema of an object, given ${describeType(schema)}.`,
      'Use z.object({ … }).',
    )
    return undefined
  }
  return schema
}

/** Checks that a schema holds plain JSON, its input equal to its output. */
export function checkJsonSafe(list: ProblemList, path: string, schema: Schema, what: string): void {
  for (const found of findNotJsonSafe(schema)) {
    const place = found.path === '' ? path : `${path}.${found.path}`
    list.add(
      'schema_not_json',
      place,
      `${what} must be plain JSON with input equal to output: ${found.reason}.`,
      'Use schemas without transforms, defaults and values that JSON cannot hold.',
    )
  }
}
