import type { Schema } from '../schema.ts'
import { definitionOf, innerOf, partsOf } from './schema-parts.ts'

/**
 * The fields of an object schema by name, seen through optional, nullable, default, readonly, lazy, pipes (what they
 * give) and intersections (both sides; of a shared field, the right one). Undefined for what is not made of fields,
 * such as a record or a union.
 */
export function shapeOf(schema: Schema): Record<string, Schema> | undefined {
  const definition = definitionOf(schema)
  if (definition.type === 'object') return { ...definition.shape }
  if (definition.type === 'intersection') {
    const [left, right] = [shapeOf(definition.left), shapeOf(definition.right)]
    return left && right && { ...left, ...right }
  }
  const inner = definition.type === 'pipe' ? definition.out : innerOf(schema)
  return inner && shapeOf(inner)
}

/** Whether everything that a schema gives is a plain object: objects, records, and unions and intersections of them. */
export function isObjectSchema(schema: Schema, within: readonly Schema[] = []): boolean {
  // A schema that holds itself with nothing in between gives no value at all.
  if (within.includes(schema)) return false
  const isObject = (part: Schema) => isObjectSchema(part, [...within, schema])
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'object':
    case 'record':
      return true
    case 'union':
      return definition.options.length > 0 && definition.options.every(isObject)
    case 'intersection':
      return isObject(definition.left) || isObject(definition.right)
    case 'pipe':
      return isObject(definition.out)
    case 'nonoptional':
    case 'default':
    case 'prefault': {
      // Each takes the undefined away that `optional` would add.
      const inner = definitionOf(definition.innerType)
      return isObject(inner.type === 'optional' ? inner.innerType : definition.innerType)
    }
    case 'readonly':
    case 'catch':
    case 'lazy':
      return isObject(innerOf(schema) ?? schema)
    default:
      return false
  }
}

type Registry = { get(schema: Schema): { id?: unknown } | undefined }

/**
 * The ids that `.meta({ id })` gave to a schema or anything within it, in the order in which they are met. Parts in
 * `except` are not looked into: a builder's entities keep their ids, since they are not made anew.
 */
export function findIds(schema: Schema, except: Iterable<Schema> = []): string[] {
  // zod keeps its registry here so that two copies of it share one; read here, no part of zod is loaded for it.
  const registry = (globalThis as { __zod_globalRegistry?: Registry }).__zod_globalRegistry
  const seen = new Set(except)
  const ids = new Set<string>()
  function visit(part: Schema) {
    if (seen.has(part)) return
    seen.add(part)
    const id = registry?.get(part)?.id
    if (typeof id === 'string') ids.add(id)
    for (const { schema: inner } of partsOf(part)) visit(inner)
  }
  visit(schema)
  return [...ids]
}
