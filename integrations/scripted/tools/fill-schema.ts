import type { Json } from '../json.ts'
import type { Question } from '../exchange.ts'
import { fillArguments } from './fill-arguments.ts'

type Format = NonNullable<Question['responseFormat']>
type Schema = Format['schema']

/**
 * Data by a JSON Schema: what a text says of it, and the least that fits for what it does not say. A schema that wants more
 * than types, lists, choices and bounds may not be met: who reads the data finds out.
 */
export function fillSchema(text: string, { schema, name = 'answer' }: Format): Json {
  const { input } = fillArguments(text, { name, inputSchema: schema })
  return complete(schema, input, schema, 0)
}

/** How deep a schema that holds itself is followed. */
const deepest = 20

function complete(given: Json | undefined, found: Json | undefined, root: Schema, depth: number): Json {
  const schema = resolved(given, root)
  if (depth > deepest) return null
  const value = found !== undefined && fits(found, schema) ? found : undefined
  if (Array.isArray(value)) {
    const item = resolved(schema.items, root)
    const kept = value.filter((one) => fits(one, item)).map((one) => complete(item, one, root, depth + 1))
    return kept.length > 0 ? kept : least(schema, root, depth)
  }
  if (isObject(value) || (value === undefined && typeOf(schema) === 'object')) {
    const fields = isObject(schema.properties) ? schema.properties : {}
    const required = Array.isArray(schema.required) ? schema.required : []
    const filled = Object.entries(fields).flatMap(([key, field]): [string, Json][] => {
      const said = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
      return said === undefined && !required.includes(key) ? [] : [[key, complete(field, said, root, depth + 1)]]
    })
    return Object.fromEntries(filled)
  }
  return value ?? least(schema, root, depth)
}

/** The least value that a schema takes. */
function least(schema: Schema, root: Schema, depth: number): Json {
  const { const: only, default: usual, enum: choices, minLength, minimum, minItems, items } = schema
  if (only !== undefined) return only
  if (usual !== undefined) return usual
  if (Array.isArray(choices)) return choices[0] ?? null
  switch (typeOf(schema)) {
    case 'string':
      return '-'.repeat(typeof minLength === 'number' ? minLength : 0)
    case 'number':
    case 'integer':
      return typeof minimum === 'number' ? Math.ceil(minimum) : 0
    case 'boolean':
      return false
    case 'array':
      return Array.from({ length: typeof minItems === 'number' ? minItems : 0 }, () =>
        complete(items, undefined, root, depth + 1),
      )
    default:
      return null
  }
}

/** The schema behind a reference within the same document, and the first of several that will do. */
function resolved(given: Json | undefined, root: Schema, seen: readonly unknown[] = []): Schema {
  if (!isObject(given) || seen.includes(given)) return {}
  const { $ref, anyOf, oneOf } = given
  const choices = anyOf ?? oneOf
  const next =
    typeof $ref === 'string' && $ref.startsWith('#')
      ? $ref
          .split('/')
          .slice(1)
          .reduce<Json | undefined>(
            (within, key) => (isObject(within) && Object.hasOwn(within, key) ? within[key] : undefined),
            root,
          )
      : Array.isArray(choices)
        ? choices[0]
        : undefined
  return next === undefined ? given : resolved(next, root, [...seen, given])
}

function typeOf({ type, properties }: Schema): string {
  const [first] = Array.isArray(type) ? type : [type]
  return typeof first === 'string' ? first : isObject(properties) ? 'object' : 'unknown'
}

/** Whether a value is of the type that a schema names: what was found in a text may not be. */
function fits(value: Json, schema: Schema): boolean {
  const type = typeOf(schema)
  if (type === 'unknown') return true
  if (type === 'object') return isObject(value)
  if (type === 'array') return Array.isArray(value)
  return typeof value === (type === 'integer' ? 'number' : type)
}

function isObject(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
