import type { z } from 'zod'
import type { Schema } from '../schema.ts'

/** What a schema was made from, told apart by its `type`. The same for schemas of zod and of zod/mini. */
export type SchemaDefinition = z.core.$ZodTypes['_zod']['def']
/** A check of a schema, such as a bound, a format or a refinement. */
export type Check = z.core.$ZodCheck
/** What a check was made from, told apart by its `check`. */
export type CheckDefinition =
  | z.core.$ZodChecks['_zod']['def']
  | z.core.$ZodCheckBigIntFormatDef
  | { check: 'custom' | 'properties' }
/** A schema inside another one, with the label of its place as in paths: a key, `[]`, `[0]`, `*`, or nothing for wrappers. */
export type Part = { label: string; schema: Schema }

/** What a schema was made from. */
export const definitionOf = (schema: Schema): SchemaDefinition => (schema as z.core.$ZodTypes)._zod.def

/** What a check was made from. */
export const checkOf = (check: Check): CheckDefinition => check._zod.def as CheckDefinition

/**
 * The checks that a schema itself runs, in order: that of its own format first. The pattern of a template literal counts
 * as one; mere descriptions are left out.
 */
export function checksOf(schema: Schema): Check[] {
  const definition: { type: string; check?: string; checks?: Check[] } = definitionOf(schema)
  const own: Check[] = definition.check === undefined ? [] : [schema as unknown as Check]
  if (definition.type === 'template_literal') {
    const { pattern } = (schema as z.core.$ZodTemplateLiteral)._zod
    own.push({ _zod: { def: { check: 'string_format', format: 'template_literal', pattern } } } as unknown as Check)
  }
  return [...own, ...(definition.checks ?? [])].filter(
    ({ _zod: { def } }) => def.check !== 'describe' && def.check !== 'meta',
  )
}

/** The schema that a wrapper (optional, nullable, readonly, lazy …) is around; undefined where it is none. */
export function innerOf(schema: Schema): Schema | undefined {
  const definition = definitionOf(schema)
  if (definition.type === 'lazy') return (schema as z.core.$ZodLazy)._zod.innerType
  return 'innerType' in definition ? definition.innerType : undefined
}

/** The schemas directly inside a schema. */
export function partsOf(schema: Schema): Part[] {
  const definition = definitionOf(schema)
  const part = (label: string, ...schemas: (Schema | null | undefined)[]) =>
    schemas.flatMap((inner) => (inner ? [{ label, schema: inner }] : []))
  switch (definition.type) {
    case 'object':
      return [
        ...Object.entries(definition.shape).flatMap(([key, field]) => part(key, field)),
        ...part('*', definition.catchall),
      ]
    case 'array':
      return part('[]', definition.element)
    case 'tuple':
      return [...definition.items.flatMap((item, index) => part(`[${index}]`, item)), ...part('[]', definition.rest)]
    case 'record':
    case 'map':
      return part('*', definition.keyType, definition.valueType)
    case 'set':
      return part('[]', definition.valueType)
    case 'union':
      return part('', ...definition.options)
    case 'intersection':
      return part('', definition.left, definition.right)
    case 'pipe':
      return part('', definition.in, definition.out)
    case 'function':
      return part('', definition.input, definition.output)
    case 'template_literal':
      return definition.parts.flatMap((piece) => (typeof piece === 'object' ? part('', piece) : []))
    default:
      return part('', innerOf(schema))
  }
}

/** The schema and every schema inside it, each once. */
export function everyPart(schema: Schema, seen: Set<Schema> = new Set()): Set<Schema> {
  if (seen.has(schema)) return seen
  seen.add(schema)
  for (const part of partsOf(schema)) everyPart(part.schema, seen)
  return seen
}

/** A path with a label of `Part` added, such as `messages[].role`. */
export function pathTo(path: string, label: string): string {
  return label === '' || path === '' ? path + label : label.startsWith('[') ? path + label : `${path}.${label}`
}
