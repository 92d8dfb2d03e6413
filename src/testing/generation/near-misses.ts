import type { z } from 'plugboard'
import { fits } from './valid-value.ts'

/** A value that a schema refuses, though it is right but for one place. */
export interface NearMiss {
  /** What is wrong with it, in words: `messages.0.role is missing`. */
  readonly what: string
  readonly value: unknown
}

const deepest = 6

/** What a schema refuses of everything that differs in one place from a value that it takes. */
export function nearMisses(schema: z.core.$ZodType, valid: unknown): NearMiss[] {
  const changed = [...changesOf(valid, '', 0)]
  return changed.filter(({ value }) => !fits(schema, value))
}

function* changesOf(value: unknown, path: string, depth: number): Generator<NearMiss> {
  const place = path === '' ? 'the whole' : path
  for (const { what, value: other } of othersFor(value)) yield { what: `${place} ${what}`, value: other }
  // Bytes are one value: each of them a place would be as many copies of them all.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth >= deepest) return
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries())
      for (const change of changesOf(entry, pathTo(path, index), depth + 1))
        yield { ...change, value: value.with(index, change.value) }
    return
  }
  for (const [key, field] of Object.entries(value)) {
    const { [key]: _, ...rest } = value as Record<string, unknown>
    yield { what: `${pathTo(path, key)} is missing`, value: rest }
    for (const change of changesOf(field, pathTo(path, key), depth + 1))
      yield { ...change, value: { ...value, [key]: change.value } }
  }
  yield { what: `${place} has a field that nobody knows`, value: { ...value, fieldThatNobodyKnows: true } }
}

/** Other values than one, most of which a schema for it will not take. */
function othersFor(value: unknown): NearMiss[] {
  const others: NearMiss[] = [
    { what: 'is null', value: null },
    { what: 'is a text', value: 'some text' },
    { what: 'is a number', value: 12.5 },
    { what: 'is a list', value: [null] },
    { what: 'is an object', value: { some: 'object' } },
  ]
  if (typeof value === 'string')
    others.push(
      { what: 'is empty', value: '' },
      { what: 'is too long', value: value.padEnd(100_000, 'x') },
      { what: 'is another text', value: `${value} or else` },
    )
  if (typeof value === 'number')
    others.push(
      { what: 'is no whole number', value: value + 0.5 },
      { what: 'is negative', value: -1 - Math.abs(value) },
      { what: 'is too large', value: 1e15 },
      { what: 'is no number', value: Number.NaN },
    )
  if (Array.isArray(value))
    others.push(
      { what: 'is empty', value: [] },
      { what: 'is too long', value: Array.from({ length: 1000 }).fill(value[0]) },
    )
  return others
}

const pathTo = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}.${key}`)
