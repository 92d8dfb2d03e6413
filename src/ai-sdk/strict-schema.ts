import type { ResponseFormat } from 'plugboard/interfaces/llm'

type Json = ResponseFormat['schema'][string]

/** The keywords that strict modes take. By others, such as `oneOf`, `allOf` or `default`, the whole request is refused. */
const taken = new Set(
  '$schema $ref $defs definitions title description type enum const anyOf properties required additionalProperties items minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems'.split(
    ' ',
  ),
)

/**
 * Whether a vendor with a strict mode can be held to a JSON Schema: such take only an object at the outermost, objects that name
 * all of their properties as required and allow no others, and some of the keywords. By any other schema they answer as well as they can.
 */
export const isStrict = (schema: ResponseFormat['schema']): boolean =>
  schema['type'] === 'object' && !Object.hasOwn(schema, 'anyOf') && isTaken(schema)

function isTaken(schema: Json | undefined): boolean {
  if (schema === undefined) return true
  if (!isRecord(schema)) return false
  if (!Object.keys(schema).every((keyword) => taken.has(keyword))) return false
  const { type, properties, required, additionalProperties, items, anyOf, $defs, definitions } = schema
  if (type === 'object' || properties !== undefined || (Array.isArray(type) && type.includes('object'))) {
    const names = isRecord(properties) ? Object.keys(properties) : []
    if (additionalProperties !== false || !Array.isArray(required)) return false
    if (!names.every((name) => required.includes(name))) return false
  }
  const within = [properties, $defs, definitions].flatMap((schemas) =>
    isRecord(schemas) ? Object.values(schemas) : [],
  )
  return [...within, ...(Array.isArray(anyOf) ? anyOf : []), items].every(isTaken)
}

const isRecord = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
