import type { Schema } from '../schema.ts'
import { definitionOf, pathTo } from '../judges/schema-parts.ts'

/** Whether a value is a schema of zod or zod/mini, of whatever copy. */
export function isSchema(value: unknown): value is Schema {
  const traits = (value as { _zod?: { traits?: { has?: unknown } } } | null | undefined)?._zod?.traits
  return typeof traits?.has === 'function' && (traits as ReadonlySet<string>).has('$ZodType')
}

/** A place in a schema where something else stands than a schema. */
export type Hole = { readonly path: string; readonly given: unknown }

/** A schema that is made anew each time that it is asked for has no end. */
const deepest = 100

/**
 * The places in a schema where no schema is: `z.object({ model: undefined })` can be written, by a misspelt entity say,
 * and throws only when it parses.
 */
export function findHoles(schema: Schema): Hole[] {
  const holes: Hole[] = []
  const seen = new Set<unknown>()
  function visit(part: unknown, path: string, depth: number): void {
    if (!isSchema(part)) holes.push({ path, given: part })
    else if (!seen.has(part) && depth < deepest) {
      seen.add(part)
      for (const [label, inner] of slotsOf(part)) visit(inner, pathTo(path, label), depth + 1)
    }
  }
  visit(schema, '', 0)
  return holes
}

type Slot = readonly [label: string, inner: unknown]

const labels = { element: '[]', innerType: '', keyType: '*', valueType: '*', left: '', right: '', in: '', out: '' }

/** Where a schema holds others, whether they are schemas or not. */
function slotsOf(schema: Schema): Slot[] {
  const definition = definitionOf(schema) as unknown as Readonly<Record<string, unknown>>
  if (definition.type === 'lazy') return [['', (schema as unknown as { _zod: { innerType: unknown } })._zod.innerType]]
  const slots: Slot[] = Object.entries(labels).flatMap(([key, label]) =>
    key in definition ? [[label, definition[key]]] : [],
  )
  if (definition.type === 'object') slots.push(...Object.entries(definition.shape as object))
  for (const key of ['options', 'items'])
    if (Array.isArray(definition[key]))
      slots.push(...definition[key].map((inner, index): Slot => [`[${index}]`, inner]))
  for (const key of ['rest', 'catchall']) if (definition[key]) slots.push(['*', definition[key]])
  return slots
}
