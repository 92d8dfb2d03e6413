import { partsOf } from './judges/schema-parts.ts'
import type { Schema } from './schema.ts'

/** Whether there can be a field at a path such as `tools` or `messages[].images` in what a schema describes, in one form of it at least. */
export function hasField(schema: Schema, path: string): boolean {
  return labelsOf(path).reduce((found, label) => inside(found, label), [schema]).length > 0
}

/** What stands at a path in a value: nothing, or one thing for each item of the lists on the way. */
export function valuesAt(value: unknown, path: string): unknown[] {
  return labelsOf(path).reduce<unknown[]>(
    (found, label) =>
      found.flatMap((within): unknown[] => {
        if (label === '[]') return Array.isArray(within) ? within : []
        return typeof within === 'object' && within !== null && Object.hasOwn(within, label)
          ? [(within as Record<string, unknown>)[label]]
          : []
      }),
    [value],
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
