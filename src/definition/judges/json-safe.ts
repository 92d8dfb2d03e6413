import type { Schema } from '../schema.ts'
import { checkOf, checksOf, definitionOf, partsOf, pathTo } from './schema-parts.ts'

/** A place in a schema that JSON cannot hold, or that does not give back what it takes. */
export type NotJsonSafe = {
  /** The place, such as `messages[].sentAt`; empty for the schema itself. */
  readonly path: string
  /** What is wrong there and what to write instead, without a subject: "holds a Date, …". */
  readonly reason: string
}

/** What is allowed beside plain JSON. */
export type JsonSafety = {
  /** Defaults: what is given is filled in once, and stays as it is from then on. Default: false. */
  readonly defaults?: boolean
}

const filled =
  'fills in a value that was not given, so it gives other than it takes: use .optional() and fill it in where it is read'
const transformed = 'transforms its value, so it gives other than it takes'
const unknowable = 'is judged by code alone, so what it admits is not known: describe its form'

const refused: Partial<Record<string, string>> = {
  any: 'admits anything, JSON or not: use z.json()',
  unknown: 'admits anything, JSON or not: use z.json()',
  bigint: 'holds a bigint, which JSON has not: use z.string()',
  date: 'holds a Date, which JSON has not: use z.iso.datetime()',
  symbol: 'holds a symbol, which JSON has not',
  undefined: 'holds undefined, which JSON has not: make the field .optional()',
  void: 'holds undefined, which JSON has not: make the field .optional()',
  nan: 'holds NaN, which JSON has not: use z.null()',
  map: 'holds a Map, which JSON has not: use z.record()',
  set: 'holds a Set, which JSON has not: use z.array()',
  file: 'holds a File, which JSON has not: use its URL, or z.base64()',
  function: 'holds a function, which JSON has not',
  promise: 'holds a promise, which JSON has not',
  transform: transformed,
  pipe: transformed,
  success: transformed,
  default: filled,
  prefault: filled,
  catch: filled,
  custom: unknowable,
}

/**
 * All places where a schema admits what JSON cannot hold, or gives other than it takes: what entities and stored data
 * may not do. Empty where it is plain JSON. Refinements are allowed, since they only narrow; `.optional()` is allowed
 * where an absent key can stand for it. z.url() is allowed without `normalize`, though it trims white space.
 */
export function findNotJsonSafe(schema: Schema, { defaults = false }: JsonSafety = {}): NotJsonSafe[] {
  const refusedHere = (type: string): string | undefined =>
    defaults && (type === 'default' || type === 'prefault') ? undefined : refused[type]
  const found: NotJsonSafe[] = []
  const seen = { omissible: new Set<Schema>(), required: new Set<Schema>() }

  function visit(part: Schema, path: string, omissible: boolean) {
    const visited = omissible ? seen.omissible : seen.required
    if (visited.has(part)) return
    visited.add(part)
    const definition = definitionOf(part)
    const reason = refusedHere(definition.type) ?? reasonAgainst(part, omissible)
    if (reason !== undefined) found.push({ path, reason })
    // What is refused as a whole is not taken apart: one problem a place.
    if (refusedHere(definition.type) !== undefined) return
    for (const { label, schema: inner } of partsOf(part)) {
      visit(
        inner,
        pathTo(path, label),
        label === ''
          ? omissible || definition.type === 'nonoptional' || definition.type === 'default'
          : !label.startsWith('['),
      )
    }
  }

  visit(schema, '', false)
  return found
}

function reasonAgainst(schema: Schema, omissible: boolean): string | undefined {
  const definition = definitionOf(schema)
  if ('coerce' in definition && definition.coerce)
    return 'converts its value, so it gives other than it takes: drop z.coerce'
  if (definition.type === 'optional' && !omissible)
    return 'may be undefined where no key can be left out: use .nullable()'
  if (definition.type === 'literal') {
    const odd = definition.values.filter(
      (value) =>
        typeof value === 'undefined' ||
        typeof value === 'bigint' ||
        (typeof value === 'number' && !Number.isFinite(value)),
    )
    if (odd.length > 0) return `holds ${odd.map(String).join(' and ')}, which JSON has not`
  }
  for (const check of checksOf(schema).map(checkOf)) {
    if (check.check === 'overwrite')
      return 'changes its value (as trim and toLowerCase do), so it gives other than it takes: do that before it is given'
    if ('normalize' in check && check.normalize)
      return 'normalizes its value, so it gives other than it takes: drop `normalize`'
  }
  return undefined
}
