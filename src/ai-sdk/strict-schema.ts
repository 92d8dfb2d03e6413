import type { ResponseFormat } from 'plugboard/interfaces/llm'

type Json = ResponseFormat['schema'][string]

/**
 * Whether a vendor with a strict mode can be held to a JSON Schema: such take only those in which each object names all of
 * its properties as required and allows no others. By any other schema they answer as well as they can.
 */
export function isStrict(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict)
  if (typeof schema !== 'object' || schema === null) return true
  const { type, properties, required, additionalProperties } = schema
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object')) || properties !== undefined
  if (isObject) {
    const names = Object.keys(properties ?? {})
    if (additionalProperties !== false || !Array.isArray(required)) return false
    if (!names.every((name) => required.includes(name))) return false
  }
  return Object.values(schema).every(isStrict)
}
