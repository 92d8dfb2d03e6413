/**
 * A copy of what an author declared, frozen through and through. Schemas, functions and instances of classes stay as they
 * are: a frozen schema throws when it parses.
 */
export function frozenCopy<T>(value: T): T {
  return copy(value, new Map()) as T
}

function copy(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  const known = copies.get(value)
  if (known) return known
  const result: object = Array.isArray(value) ? [] : {}
  copies.set(value, result)
  for (const [key, inner] of Object.entries(value))
    // Defined, not assigned: a key could be `__proto__`.
    Object.defineProperty(result, key, {
      value: copy(inner, copies),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return Object.freeze(result)
}

/** Lists, objects, and what `import * as` gives. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
