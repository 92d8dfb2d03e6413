import type { Schema } from '../schema.ts'
import { hasWitness } from './judge-checks.ts'
import { factsOf, madeUp, only } from './object-facts.ts'
import { definitionOf, innerOf, pathTo, type SchemaDefinition } from './schema-parts.ts'
import { kindOf, mayThrow, valuesOf } from './schema-values.ts'
import {
  everyOf,
  type Judge,
  no,
  type No,
  type Place,
  refusal,
  unmergeable,
  unprovable,
  type Verdict,
  yes,
} from './verdict.ts'

type UnionDefinition = Extract<SchemaDefinition, { type: 'union' }> & {
  discriminator?: string
  unionFallback?: boolean
}

/** Judges what is given of one kind by the options of a union. */
export function judgeUnion(from: Schema, to: Schema, union: UnionDefinition, at: Place, judge: Judge): Verdict {
  const verdicts = union.options.map((option) => judge(from, option, at))
  const possible = verdicts.filter((verdict) => !(verdict.verdict === 'no' && verdict.disjoint))
  const fits = verdicts.some((verdict) => verdict.verdict === 'yes')
  const exclusive = union.inclusive === false && union.discriminator === undefined
  if (fits && mayThrow(to)) return unprovable(at, unmergeable)
  if (fits && exclusive)
    return possible.length === 1 ? yes : unprovable(at, 'may fit several options where it must fit one')
  if (fits)
    return findsOption(from, union)
      ? yes
      : unprovable(at, `may have no '${union.discriminator}' to tell the options apart by`)
  if (possible.length === 0)
    return refusedByAll(
      verdicts.filter((verdict) => verdict.verdict === 'no'),
      from,
      to,
      union,
      at,
    )
  const [first, ...others] = possible
  if (first && others.length === 0) return first
  const split = splitField(from, union)
  if (split) return everyOf(split.map((part) => judge(part, to, at)))
  const open = verdicts.find((verdict) => verdict.verdict === 'unprovable')
  if (open) return open
  const certain = kindOf(from) === 'unknown' || hasWitness(from, to)
  return certain ? refusal(from, to, at, false) : unprovable(at, 'fits several options in part')
}

/** A discriminated union looks an option up: where the key may be absent, it may find none. */
function findsOption(from: Schema, { discriminator, unionFallback }: UnionDefinition): boolean {
  if (discriminator === undefined || unionFallback) return true
  const field = factsOf(from, 'given')?.fields.get(discriminator)
  const values = field && (valuesOf(field.schema) ?? field.schema._zod.values)
  return field?.absent === 'no' && values !== undefined && ![...values].includes(undefined)
}

/** Where one option is the one that is meant, or all fail at one place, that place says more than the whole. */
function refusedByAll(
  verdicts: readonly No[],
  from: Schema,
  to: Schema,
  { discriminator }: UnionDefinition,
  at: Place,
): Verdict {
  const meant =
    discriminator === undefined ? [] : verdicts.filter(({ path }) => path !== pathTo(at.path, discriminator))
  const [first] = meant.length === 1 ? meant : verdicts
  if (first && meant.length === 1) return first
  const shared =
    first && first.path !== at.path && verdicts.every(({ path, given }) => path === first.path && given === first.given)
  if (!shared) return refusal(from, to, at, true)
  const expected = [...new Set(verdicts.map((verdict) => verdict.expected))].join(' | ')
  return no({ ...at, path: first.path }, { expected, given: first.given, disjoint: true })
}

/** An object as several, one for each value or option of a field, so that each may fit another option of a union. */
function splitField(from: Schema, { discriminator }: UnionDefinition): Schema[] | undefined {
  const definition = definitionOf(from)
  if (definition.type !== 'object') return undefined
  const { shape } = definition
  for (const [key, field] of Object.entries(shape)) {
    if (discriminator !== undefined && key !== discriminator) continue
    const options = valuesOf(field)?.map(only) ?? (field._zod.optin === undefined ? optionsOf(field) : undefined)
    if (options && options.length > 1 && options.length <= 64) {
      return options.map((option) => madeUp({ ...definition, shape: { ...shape, [key]: option } }))
    }
  }
  return undefined
}

/** The alternatives that a schema is made of, if it is made of some. */
export function optionsOf(schema: Schema): readonly Schema[] | undefined {
  const definition = definitionOf(schema)
  if (definition.type === 'union') return definition.options
  if (definition.type === 'nullable') return [definition.innerType, only(null)]
  if (definition.type === 'optional') return [definition.innerType, only(undefined)]
  return definition.type === 'lazy' || definition.type === 'readonly' ? optionsOf(innerOf(schema) ?? schema) : undefined
}
