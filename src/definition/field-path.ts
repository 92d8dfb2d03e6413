import { partsOf } from './judges/schema-parts.ts'
import type { Schema } from './schema.ts'

/** Whether there can be a field at a path such as `tools` or `messages[].images` in what a schema describes, in one form of it at least. */
export function hasField(schema: Schema, path: string): boolean {
  return labelsOf(path).reduce((found, label) => inside(found, label), [schema]).length > 0
}

/**
 * Whether something stands at a path in a value of which a condition holds: of one item at least of the lists on the way.
 * It is made once, for it is asked at every call.
 */
export function someAt(path: string, holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return labelsOf(path).reduceRight<(value: unknown) => boolean>(
    (next, label) =>
      label === '[]'
        ? (value) => {
            if (!Array.isArray(value)) return false
            for (const item of value) if (next(item)) return true
            return false
          }
        : // Asked first whose it is: to find that an object has no such field takes longer where its prototype is asked too.
          (value) =>
            typeof value === 'object' &&
            value !== null &&
            Object.hasOwn(value, label) &&
            next((value as Record<string, unknown>)[label]),
    holds,
  )
}

const labelsOf = (path: string): string[] => path.match(/\[\]|[^.[\]]+/g) ?? []

/** The schemas of a field, seen through whatever is wrapped around an object, in every form of it. */
function inside(schemas: readonly Schema[], label: string): Schema[] {
  const seen = new Set<Schema>()
  const found: Schema[] = []
  const look = (schema: Schema): void => {
    if (seen.has(schema)) return
    seen.add(schema)
    for (const part of partsOf(schema)) {
      if (part.label === '') look(part.schema)
      else if (part.label === label) found.push(part.schema)
    }
  }
  for (const schema of schemas) look(schema)
  return found
}
