/**
 * A value as JSON in which the order of keys makes no difference: equal values give equal texts, and different values different ones.
 * Fields that are undefined are left out. Undefined for a value that JSON cannot hold, such as a Date, a Map, NaN or a cycle.
 */
export function canonicalJson(value: unknown): string | undefined {
  return write(value, [])
}

function write(value: unknown, around: readonly object[]): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : undefined
  if (typeof value !== 'object' || around.includes(value)) return undefined
  const within = [...around, value]
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown) => write(item, within))
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return undefined
  const fields: string[] = []
  for (const [key, field] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (field === undefined) continue
    const text = write(field, within)
    if (text === undefined) return undefined
    fields.push(`${JSON.stringify(key)}:${text}`)
  }
  return `{${fields.join(',')}}`
}
