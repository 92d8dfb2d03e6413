import { BSON } from 'mongodb'
import { refusal } from '../failure.ts'
import type { Json } from '../rows.ts'

/** What Extended JSON writes for what JSON has not, as far as it can be written back: no code, and no references. */
const extended: readonly string[] = [
  '$binary',
  '$date',
  '$maxKey',
  '$minKey',
  '$numberDecimal',
  '$numberDouble',
  '$numberInt',
  '$numberLong',
  '$oid',
  '$regularExpression',
  '$symbol',
  '$timestamp',
  '$uuid',
]
/** Levels that MongoDB takes. */
const deepest = 100

/** A value of a document as JSON: what JSON has is itself, and all else is Extended JSON. */
export function jsonFrom(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : extendedFrom(value)
    case 'object':
      break
    default:
      return null
  }
  if (value === null) return null
  if (Array.isArray(value)) return value.map(jsonFrom)
  if (value instanceof Date && /^\d{4}-/.test(isoOf(value))) return { $date: isoOf(value) }
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonFrom(one)]))
  return extendedFrom(value)
}

/**
 * The value of a document that JSON stands for. Nothing in it is ever an operator: names that begin with `$` are those of
 * Extended JSON, or refused.
 * @param place Where it stands in the input.
 */
export function valueFrom(json: Json, place: string, depth = 1): unknown {
  if (typeof json === 'string' && !json.isWellFormed())
    throw refusal('the text holds half a character, which no document can', place)
  if (typeof json !== 'object' || json === null) return json
  if (depth >= deepest) throw refusal(`a document holds ${deepest} levels at most`, place)
  if (Array.isArray(json)) return json.map((one, index) => valueFrom(one, `${place}.${index}`, depth + 1))
  const names = Object.keys(json)
  if (names.some((name) => name.startsWith('$'))) return typedFrom(json, place)
  return Object.fromEntries(
    names.map((name) => {
      if (name.includes('\0') || !name.isWellFormed())
        throw refusal('no field of a document can have this name', `${place}.${name}`)
      return [name, valueFrom(json[name] ?? null, `${place}.${name}`, depth + 1)]
    }),
  )
}

/** The value of a type of its own. */
function typedFrom(json: { [key: string]: Json }, place: string): unknown {
  const [name = '', ...others] = Object.keys(json)
  const refused = (cause?: unknown) =>
    refusal(
      `what begins with '$' is Extended JSON, such as { "$date": "…" }, and this is none that can be stored`,
      place,
      cause,
    )
  if (others.length > 0 || !extended.includes(name)) throw refused()
  let value: unknown
  try {
    value = BSON.EJSON.deserialize(json, { relaxed: false })
  } catch (error) {
    throw refused(error)
  }
  if (isPlain(value) || (value instanceof Date && Number.isNaN(value.getTime()))) throw refused()
  return value
}

const extendedFrom = (value: unknown): Json => BSON.EJSON.serialize({ value }, { relaxed: false })['value'] as Json
const isoOf = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString())

/** Types of BSON have classes of their own. */
function isPlain(value: unknown): value is { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
