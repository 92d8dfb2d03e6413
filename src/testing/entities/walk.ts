import type { z } from 'plugboard'
import { fits } from '../generation/valid-value.ts'

/** The schema without what wraps it: optional, nullable, read-only, with a default. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const known = schema as z.core.$ZodTypes
  if (known._zod.def.type === 'lazy') return unwrapped((known as z.core.$ZodLazy)._zod.innerType)
  return 'innerType' in known._zod.def ? unwrapped(known._zod.def.innerType) : schema
}

/** Visits every schema inside a schema with the part of a value that it takes. */
export function walk(
  schema: z.core.$ZodType,
  value: unknown,
  visit: (schema: z.core.$ZodType, value: unknown) => void,
): void {
  if (value === undefined || value === null) return
  visit(schema, value)
  const { def } = (schema as z.core.$ZodTypes)._zod
  if ('innerType' in def || def.type === 'lazy') return walk(unwrapped(schema), value, visit)
  if (def.type === 'object' && isRecord(value))
    for (const [key, field] of Object.entries(def.shape)) walk(field, value[key], visit)
  else if (def.type === 'record' && isRecord(value))
    for (const field of Object.values(value)) walk(def.valueType, field, visit)
  else if (def.type === 'array' && Array.isArray(value)) for (const entry of value) walk(def.element, entry, visit)
  else if (def.type === 'tuple' && Array.isArray(value))
    for (const [index, item] of def.items.entries()) walk(item, value[index], visit)
  else if (def.type === 'union') {
    const option = def.options.find((one) => fits(one, value))
    if (option) walk(option, value, visit)
  } else if (def.type === 'intersection') {
    walk(def.left, value, visit)
    walk(def.right, value, visit)
  } else if (def.type === 'pipe') walk(def.in, value, visit)
}

/** The values that stand where a schema does. */
export function valuesOf(whole: z.core.$ZodType, value: unknown, wanted: z.core.$ZodType): unknown[] {
  const found: unknown[] = []
  walk(whole, value, (schema, part) => {
    if (schema === wanted) found.push(part)
  })
  return found
}

/** Whether a schema stands somewhere in another one. */
export function holds(whole: z.core.$ZodType, wanted: z.core.$ZodType, seen = new Set<z.core.$ZodType>()): boolean {
  const schema = unwrapped(whole)
  if (schema === wanted || whole === wanted) return true
  if (seen.has(schema)) return false
  seen.add(schema)
  const { def } = (schema as z.core.$ZodTypes)._zod
  const parts: (z.core.$ZodType | null | undefined)[] =
    def.type === 'object'
      ? Object.values(def.shape)
      : def.type === 'array'
        ? [def.element]
        : def.type === 'record'
          ? [def.valueType]
          : def.type === 'union'
            ? [...def.options]
            : def.type === 'tuple'
              ? [...def.items]
              : def.type === 'intersection'
                ? [def.left, def.right]
                : def.type === 'pipe'
                  ? [def.in]
                  : []
  return parts.some((part) => part && holds(part, wanted, seen))
}

/** A value with another one wherever a schema stands in its own: also where it was left out of an object. */
export function placed(whole: z.core.$ZodType, value: unknown, wanted: z.core.$ZodType, replacement: unknown): unknown {
  const schema = unwrapped(whole)
  if (schema === wanted || whole === wanted) return replacement
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'object' && isRecord(value)) {
    const changed: Record<string, unknown> = { ...value }
    for (const [key, field] of Object.entries(def.shape))
      if (value[key] !== undefined || unwrapped(field) === wanted)
        changed[key] = placed(field, value[key], wanted, replacement)
    return changed
  }
  if (def.type === 'array' && Array.isArray(value))
    return value.map((entry) => placed(def.element, entry, wanted, replacement))
  if (def.type === 'union') {
    const option = def.options.find((one) => fits(one, value))
    return option ? placed(option, value, wanted, replacement) : value
  }
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
