import type { Schema } from '../schema.ts'
import { checkOf, checksOf, definitionOf, everyPart } from './schema-parts.ts'

/** What a schema says to one value; undefined where only running an author's code could tell. */
export type Attempt = { accepted: true; value: unknown } | { accepted: false } | undefined

/** The values of a schema that has but few: literals, enums, null, undefined, booleans. Undefined for all others. */
export function valuesOf(schema: Schema): readonly unknown[] | undefined {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'literal':
      return definition.values
    case 'enum':
      return [...(schema._zod.values ?? [])]
    case 'null':
      return [null]
    case 'undefined':
    case 'void':
      return [undefined]
    case 'boolean':
      return [true, false]
    default:
      return undefined
  }
}

/** A scalar's kind; `object` and `array` for all that are like them. */
export function kindOf(schema: Schema): string {
  const { type } = definitionOf(schema)
  const values = valuesOf(schema)
  if (values?.length === 1) return values[0] === null ? 'null' : typeof values[0]
  if (type === 'template_literal') return 'string'
  if (type === 'record' || type === 'intersection') return 'object'
  return type === 'tuple' ? 'array' : type === 'any' ? 'unknown' : type
}

/** Parses one value, where that runs no refinement or transform: those may be slow, asynchronous or have effects. */
export function attempt(schema: Schema, value: unknown): Attempt {
  if (runsCode(schema)) return undefined
  try {
    const result = schema._zod.run({ value, issues: [] }, { async: false })
    if (result instanceof Promise) return undefined
    return result.issues.length === 0 ? { accepted: true, value: result.value } : { accepted: false }
  } catch {
    return undefined
  }
}

/** Whether an object whose field has this schema may come out without the field. */
export function mayBeAbsent(field: Schema): boolean {
  const { optin, optout } = field._zod
  if (optin === undefined) return false
  const filled = optin === 'optional' && optout === 'optional' ? undefined : attempt(field, undefined)
  return filled?.accepted ? filled.value === undefined : optout === 'optional'
}

/** Whether an object whose field has this schema may go in without the field. */
export function acceptsAbsent(field: Schema): 'yes' | 'no' | 'unprovable' {
  const { optin, optout } = field._zod
  if (optin === undefined) return 'no'
  if (optout === 'optional') return 'yes'
  const absent = attempt(field, undefined)
  if (absent) return absent.accepted ? 'yes' : 'no'
  const { type } = definitionOf(field)
  return (type === 'default' || type === 'catch') && checksOf(field).length === 0 ? 'yes' : 'unprovable'
}

const coded = ['transform', 'custom', 'promise', 'function']
const converting = ['transform', 'pipe', 'promise', 'function', 'success']
const unstable = [...converting, 'default', 'prefault', 'catch', 'map', 'set', 'custom']

/** Asks every part of a schema, once for each schema: what it was made from does not change. */
function anyPart(test: (part: Schema) => boolean): (schema: Schema) => boolean {
  const known = new WeakMap<Schema, boolean>()
  return (schema) => {
    const answer = known.get(schema) ?? [...everyPart(schema)].some(test)
    known.set(schema, answer)
    return answer
  }
}

const runsCode = anyPart((part) => {
  const definition = definitionOf(part)
  if (coded.includes(definition.type) || (definition.type === 'pipe' && definition.transform)) return true
  return checksOf(part).some((check) => ['custom', 'property', 'properties'].includes(checkOf(check).check))
})

const changes = anyPart((part) => {
  const definition = definitionOf(part)
  if (unstable.includes(definition.type) || ('coerce' in definition && definition.coerce)) return true
  return checksOf(part)
    .map(checkOf)
    .some((check) => check.check === 'overwrite' || (check.check === 'string_format' && check.format === 'url'))
})

/** Whether a schema gives exactly what it takes, up to keys that it drops. */
export const isStable = (schema: Schema) => !changes(schema)

/** Whether the parts of an intersection or exclusive union may change a value differently; to intersections, zod throws. */
function isFickle(schema: Schema): boolean {
  const definition = definitionOf(schema)
  const together =
    definition.type === 'intersection' ||
    (definition.type === 'union' && definition.inclusive === false && !('discriminator' in definition))
  return together && !isStable(schema)
}

/** Whether a schema may throw instead of accepting or refusing. */
export const mayThrow = anyPart(isFickle)

/** Whether what a schema gives may not go through it again: it has another type, or was changed after a check. */
export const converts = anyPart((part) => {
  const checks = checksOf(part).map((check) => checkOf(check).check)
  const checkedFirst = checks.findIndex((check) => check !== 'overwrite')
  return (
    converting.includes(definitionOf(part).type) ||
    isFickle(part) ||
    (checkedFirst >= 0 && checks.lastIndexOf('overwrite') > checkedFirst)
  )
})
