import { escapeIdentifier } from 'pg'
import { refusal } from '../failure.ts'
import type { Json } from '../rows.ts'

/** A column, as the catalogue knows it. */
export interface Column {
  readonly name: string
  /** What the database calls its type, such as `numeric(10,2)`. */
  readonly type: string
  readonly kind: 'number' | 'boolean' | 'json' | 'bytes' | 'instant' | 'moment' | 'list' | 'text'
  /** Whether the database alone says what is in it. */
  readonly isComputed: boolean
}

const kinds: Readonly<Record<string, Column['kind']>> = {
  int2: 'number',
  int4: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  json: 'json',
  jsonb: 'json',
  bytea: 'bytes',
  timestamptz: 'instant',
  timestamp: 'moment',
  date: 'moment',
}
/** Arrays of what JSON has, and has without loss. Those of everything else become arrays of text. */
const plainLists: readonly string[] = ['smallint[]', 'integer[]', 'real[]', 'double precision[]', 'boolean[]']

/** How the values of a type are given. Numbers that may be too large for JSON are text, as is what it has nothing like. */
export function kindOf(name: string, category: string): Column['kind'] {
  return category === 'A' ? 'list' : Object.hasOwn(kinds, name) ? (kinds[name] ?? 'text') : 'text'
}

/**
 * The expression that gives a column as text, the same whatever the settings of the session: behind a pooler, sessions
 * are shared.
 */
export function readable({ name, kind, type }: Column): string {
  const column = escapeIdentifier(name)
  switch (kind) {
    case 'bytes':
      return `translate(encode(${column}, 'base64'), E'\\n', '')`
    case 'instant':
      return `CASE WHEN isfinite(${column}) THEN (to_json(${column} AT TIME ZONE 'UTC') #>> '{}') || 'Z' ELSE ${column}::text END`
    case 'moment':
      return `(to_json(${column}) #>> '{}')`
    case 'list':
      return `array_to_json(${column}${plainLists.includes(type) ? '' : '::text[]'})::text`
    default:
      return `${column}::text`
  }
}

/** The value that stands for a text of the database. */
export function valueFrom({ kind }: Column, text: string | null): Json {
  if (text === null) return null
  if (kind === 'boolean') return text === 'true'
  if (kind === 'json' || kind === 'list') return JSON.parse(text) as Json
  // JSON has neither NaN nor infinity.
  if (kind === 'number' && Number.isFinite(Number(text))) return Number(text)
  return text
}

/**
 * The parameter that stands for a value. Which of them the type takes, the database says.
 * @param path The place of the value in the input.
 */
export function parameterFrom({ name, kind, type }: Column, value: Json, path: string): unknown {
  if (value === null) return null
  if (kind === 'json') return JSON.stringify(value)
  if (kind === 'list' && Array.isArray(value)) return value
  if (typeof value === 'object') throw refusal(`the column '${name}' is of the type ${type}, and takes no object`, path)
  if (kind !== 'bytes') return String(value)
  const bytes = Buffer.from(String(value), 'base64')
  if (bytes.toString('base64') === value) return bytes
  throw refusal(`the column '${name}' holds bytes, which are given as Base64`, path)
}
