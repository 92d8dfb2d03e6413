import type { Ids } from '../contract.ts'

/** A value in which every field that is named so holds the id, however deep it is. */
export function withIds(value: unknown, ids: Ids): unknown {
  if (Array.isArray(value)) return value.map((entry) => withIds(entry, ids))
  // Bytes and the like are no records: their fields are not those of a schema.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      typeof field === 'string' && Object.hasOwn(ids, name) ? ids[name] : withIds(field, ids),
    ]),
  )
}
