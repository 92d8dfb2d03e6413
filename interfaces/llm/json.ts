import { z } from 'plugboard'

/** The schema of any JSON. */
// An interface keeps its name in declaration files.
export interface JsonSchema extends z.core.$ZodType<z.core.util.JSONType, z.core.util.JSONType> {}

/** Any JSON. Takes a value as it is. */
// Not z.json(), which contains itself: zod then keeps a record of every value in every schema around it, at two fifths of the time of a call.
export const json = z.unknown().refine(isJson, 'Invalid input: expected JSON') as unknown as JsonSchema

/** Whether a value is one that `JSON.parse` could give, and harmless to copy key by key. */
export function isJson(value: unknown): boolean {
  const seen = new Set<unknown>()
  const values = [value]
  // Grows while it is read: no depth is too deep for it.
  for (const one of values) {
    if (typeof one !== 'object' || one === null) {
      if (!isScalar(one)) return false
    } else if (!seen.has(one)) {
      seen.add(one)
      if (!Array.isArray(one) && !isPlain(one)) return false
      for (const inner of Array.isArray(one) ? one : Object.values(one)) values.push(inner)
    }
  }
  return true
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === null || prototype === Object.prototype) && !Object.hasOwn(value, '__proto__')
}
