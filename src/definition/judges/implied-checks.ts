import type { Schema } from '../schema.ts'
import { type Check, type CheckDefinition, checkOf, checksOf } from './schema-parts.ts'

/** What is known of a schema's values from its checks. */
export type Held = {
  /** The checks that its values still pass once they are parsed. */
  readonly checks: readonly Check[]
  /** Whether these are plain bounds and no more, so that a bound that they do not imply is broken by some value. */
  readonly plain: boolean
}

/** From 0 on, and up to: the sizes that checks leave. */
export type SizeRange = { readonly min: number; readonly max: number }

const sizes = ['min_length', 'max_length', 'length_equals', 'min_size', 'max_size', 'size_equals']

/** Whether a check bounds a length or a size. */
export const isSize = ({ check }: CheckDefinition) => sizes.includes(check)
const ranges = [...sizes, 'greater_than', 'less_than', 'number_format', 'bigint_format']

const formatRanges: Record<string, readonly [number | bigint, number | bigint]> = {
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
}

/** What the checks of a schema say of what it gives. Checks before an overwrite (such as trim) say nothing any more. */
export function heldBy(schema: Schema): Held {
  let checks: Check[] = []
  let plain = true
  for (const check of checksOf(schema)) {
    const definition = checkOf(check)
    if (definition.check === 'overwrite') {
      checks = []
      plain = false
    } else if (definition.check === 'string_format' && definition.format === 'url') {
      // A URL is trimmed while it is checked.
      plain = false
      checks = [check]
    } else {
      checks.push(check)
      plain &&= ranges.includes(definition.check)
    }
  }
  return { checks, plain }
}

/** The first check of a schema that what is held does not imply; undefined where all are implied. */
export function firstUnimplied(held: Held, schema: Schema): Check | undefined {
  let overwritten = false
  return checksOf(schema).find((check) => {
    const wanted = checkOf(check)
    if (wanted.check === 'overwrite') return void (overwritten = true)
    // What follows an overwrite is asked of another value than the one that is known.
    return overwritten || !(held.checks.includes(check) || implies(held, wanted))
  })
}

/** The lengths or sizes that checks leave. */
export function sizeRange(checks: readonly Check[]): SizeRange {
  let [min, max] = [0, Infinity]
  for (const check of checks.map(checkOf)) {
    const size = 'size' in check ? check.size : 'length' in check ? check.length : undefined
    const least = 'minimum' in check ? check.minimum : size
    const most = 'maximum' in check ? check.maximum : size
    if (!isSize(check)) continue
    if (least !== undefined) min = Math.max(min, least)
    if (most !== undefined) max = Math.min(max, most)
  }
  return { min, max }
}

function implies({ checks }: Held, wanted: CheckDefinition): boolean {
  switch (wanted.check) {
    case 'min_length':
      return sizeRange(checks).min >= wanted.minimum || (wanted.minimum === 1 && checks.some(refusesEmpty))
    case 'max_length':
      return sizeRange(checks).max <= wanted.maximum
    case 'length_equals':
      return sizeRange(checks).min === wanted.length && sizeRange(checks).max === wanted.length
    case 'greater_than':
      return isWithin(limit(checks, 'greater_than'), { ...wanted, value: numeric(wanted.value) }, 1)
    case 'less_than':
      return isWithin(limit(checks, 'less_than'), { ...wanted, value: numeric(wanted.value) }, -1)
    case 'multiple_of':
      if (wanted.value === 1 && hasIntegers(checks)) return true
      return checks.map(checkOf).some((check) => check.check === 'multiple_of' && isMultiple(check.value, wanted.value))
    case 'number_format':
    case 'bigint_format': {
      const range = formatRanges[wanted.format]
      if (!range) return true
      const fits = limit(checks, 'greater_than').value >= range[0] && limit(checks, 'less_than').value <= range[1]
      return fits && (wanted.check === 'bigint_format' || wanted.format === 'float32' || hasIntegers(checks))
    }
    case 'string_format':
      return checks.some((check) => covers(checkOf(check), wanted))
    default:
      return false
  }
}

type Limit = { value: number | bigint; inclusive: boolean }

/** The narrowest bound of one side, those of formats included. */
function limit(checks: readonly Check[], side: 'greater_than' | 'less_than'): Limit {
  const sign = side === 'greater_than' ? 1 : -1
  const integers = hasIntegers(checks)
  let narrowest: Limit = { value: -sign * Infinity, inclusive: true }
  for (const check of checks.map(checkOf)) {
    let next: Limit | undefined
    if (check.check === side) next = { value: numeric(check.value), inclusive: check.inclusive }
    const range = 'format' in check ? formatRanges[check.format] : undefined
    if (range) next = { value: range[sign === 1 ? 0 : 1], inclusive: true }
    if (next && integers && typeof next.value === 'number' && Number.isFinite(next.value)) next = integerLimit(next, next.value, sign)
    if (next && !isWithin(narrowest, next, sign)) narrowest = next
  }
  return narrowest
}

/** Between integers, `> 0` and `> 0.5` are both `>= 1`. */
function integerLimit({ inclusive }: Limit, value: number, sign: number): Limit {
  const nearest = sign * Math.ceil(sign * value)
  return { value: !inclusive && nearest === value ? nearest + sign : nearest, inclusive: true }
}

/** Whether what keeps to the first bound keeps to the second; `sign` is 1 for lower bounds, -1 for upper ones. */
function isWithin(first: Limit, second: Limit, sign: number): boolean {
  if (first.value === second.value) return second.inclusive || !first.inclusive
  return sign === 1 ? first.value > second.value : first.value < second.value
}

const numeric = (value: number | bigint | Date): number | bigint => (value instanceof Date ? value.getTime() : value)

const hasIntegers = (checks: readonly Check[]) =>
  checks.map(checkOf).some((check) => check.check === 'number_format' && check.format.includes('int'))

function isMultiple(value: number | bigint, of: number | bigint): boolean {
  if (value === of) return true
  if (typeof value === 'bigint' || typeof of === 'bigint') return typeof value === typeof of && of !== 0n && BigInt(value) % BigInt(of) === 0n
  return Number.isSafeInteger(value) && Number.isSafeInteger(of) && value % of === 0
}

function refusesEmpty(check: Check): boolean {
  const definition = checkOf(check)
  if (definition.check !== 'string_format' || !definition.pattern || definition.when) return false
  return !new RegExp(definition.pattern.source, definition.pattern.flags).test('')
}

/** Whether a string of the first format is of the second one: the same format, with the same parameters or more. */
function covers(first: CheckDefinition, second: CheckDefinition & { format: string }): boolean {
  if (first.check !== 'string_format' || first.when) return false
  const [given, wanted] = [first as unknown as Record<string, unknown>, second as unknown as Record<string, unknown>]
  const isUuid = first.format === 'uuid' || first.format === 'guid'
  if (isUuid && (second.format === 'guid' || (second.format === first.format && wanted['version'] === undefined))) return true
  const parameters = Object.keys(wanted).filter((key) => !['type', 'check', 'checks', 'error', 'abort', 'coerce', 'when'].includes(key))
  return parameters.every((key) => wanted[key] === undefined || isSame(given[key], wanted[key]))
}

const isSame = (first: unknown, second: unknown) =>
  first === second || (first instanceof RegExp && second instanceof RegExp && String(first) === String(second))
