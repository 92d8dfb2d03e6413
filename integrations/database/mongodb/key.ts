import { BSON, Long, ObjectId } from 'mongodb'
import { jsonFrom } from './value.ts'

/**
 * The id of an item, as text. An ObjectId is its digits, a number, a truth and nothing are as JSON has them, a text is
 * itself, and all else is Extended JSON. A text that would be read as another key stands in quotes: no two keys have one id.
 */
export function idOf(key: unknown): string {
  if (typeof key === 'string') return keyOf(key) === key ? key : JSON.stringify(key)
  if (key === null || key === undefined) return 'null'
  if (key instanceof ObjectId) return key.toHexString()
  if (Long.isLong(key) || typeof key === 'boolean') return key.toString()
  if (typeof key === 'number' && (Number.isSafeInteger(key) || (Number.isFinite(key) && !Number.isInteger(key))))
    return String(key)
  // A number that is larger than JSON has them exactly is told from one of the same digits that is exact.
  if (typeof key === 'number') return BSON.EJSON.stringify(key, { relaxed: false })
  return JSON.stringify(jsonFrom(key))
}

/** The key that an id stands for, of the type that it has in the database. */
export function keyOf(id: string): unknown {
  try {
    const key = readAs(id)
    return key !== undefined && idOf(key) === id ? key : id
  } catch {
    return id
  }
}

function readAs(id: string): unknown {
  if (/^[0-9a-f]{24}$/.test(id)) return new ObjectId(id)
  if (/^-?\d+$/.test(id) && !Number.isSafeInteger(Number(id))) return Long.fromString(id)
  if (id.startsWith('{')) return asStored(BSON.EJSON.parse(id, { relaxed: false }))
  return /^(?:["\d-]|true$|false$|null$)/.test(id) ? JSON.parse(id) : undefined
}

/** A value as the driver gives it, once it is stored. */
export function asStored<T>(value: T): T {
  return BSON.deserialize(BSON.serialize({ value }))['value'] as T
}

/** The types of keys in the order in which MongoDB sorts them, with their names in a query. */
const order: readonly (readonly string[])[] = [
  ['null'],
  ['number'],
  ['string', 'symbol'],
  ['object'],
  ['binData'],
  ['objectId'],
  ['bool'],
  ['date'],
  ['timestamp'],
  ['regex'],
]

/** The condition of what follows a key in the order of its field. By itself, `$gt` compares values of one type alone. */
export function behind(field: string, key: unknown): object {
  const at = order.findIndex((names) => names.includes(typeOf(key)))
  const later = order.slice(at + 1).flat()
  const others = later.length === 0 ? [] : [{ [field]: { $type: later } }]
  return { $or: [{ [field]: { $gt: key } }, ...others] }
}

function typeOf(key: unknown): string {
  if (key === null || key === undefined) return 'null'
  if (typeof key === 'string' || typeof key === 'number') return typeof key
  if (typeof key === 'boolean') return 'bool'
  if (key instanceof Date) return 'date'
  if (key instanceof RegExp) return 'regex'
  const named = {
    ObjectId: 'objectId',
    Long: 'number',
    Decimal128: 'number',
    Binary: 'binData',
    Timestamp: 'timestamp',
  }
  const type = (key as { _bsontype?: keyof typeof named })._bsontype
  return (type && named[type]) ?? 'object'
}
