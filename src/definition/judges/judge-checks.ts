import type { Schema } from '../schema.ts'
import { boundsOf, isInteger, isWithin, limitOf } from './check-bounds.ts'
import { describeType } from './describe-type.ts'
import { type Check, type CheckDefinition, checkOf, checksOf } from './schema-parts.ts'
import { attempt } from './schema-values.ts'
import { type Place, refined, refusal, unprovable, type Verdict, yes } from './verdict.ts'

/**
 * What the checks of a schema say of what it gives, and whether they are plain bounds and no more, so that a bound that
 * they do not imply is broken by some value. Checks before an overwrite (such as trim) say nothing any more.
 */
export function heldBy(schema: Schema): { checks: readonly Check[]; plain: boolean } {
  let checks: Check[] = []
  let plain = true
  for (const check of checksOf(schema)) {
    const definition = checkOf(check)
    const isOverwrite = definition.check === 'overwrite'
    // A URL is trimmed while it is checked.
    if (isOverwrite || ('format' in definition && definition.format === 'url')) checks = []
    if (!isOverwrite) checks.push(check)
    plain &&= boundsOf(check).length > 0
  }
  return { checks, plain }
}

/** Judges two schemas of one kind by their checks alone. */
export function judgeChecks(from: Schema, to: Schema, at: Place): Verdict {
  const { checks, plain } = heldBy(from)
  let overwritten = false
  const open = checksOf(to).find((check) => {
    if (checkOf(check).check === 'overwrite') return void (overwritten = true)
    // What follows an overwrite is asked of another value than the one that is known.
    return overwritten || !(checks.includes(check) || implies(checks, check))
  })
  if (!open) return yes
  if ((plain && !overwritten && boundsOf(open).length > 0) || hasWitness(from, to)) return refusal(from, to, at, false)
  return unprovable(at, isCode(open) ? refined : `may or may not be ${describeType(to)}`)
}

/** Whether only running a check can tell what it refuses. */
export function isCode(check: Check): boolean {
  return ['custom', 'property', 'properties'].includes(checkOf(check).check)
}

const samples = ['', ' ', 'a', 'Sample text', '0', 'x'.repeat(5000), 0, 1, -1, 0.5, 7e9, 0n, 7n, new Date(0)]

/** Whether one of a few plain values is given and yet refused. */
export function hasWitness(from: Schema, to: Schema): boolean {
  return samples.some((sample) => {
    const given = attempt(from, sample)
    return given?.accepted && attempt(to, given.value)?.accepted === false
  })
}

function implies(checks: readonly Check[], check: Check): boolean {
  const wanted = checkOf(check)
  const bounds = boundsOf(check)
  if (bounds.length > 0) {
    const fits = bounds.every((bound) => isWithin(limitOf(checks, bound.axis, bound.sign), bound))
    const isNonempty = wanted.check === 'min_length' && wanted.minimum === 1
    return (fits && (!isInteger(check) || checks.some(isInteger))) || (isNonempty && checks.some(refusesEmpty))
  }
  if (wanted.check === 'multiple_of') {
    if (wanted.value === 1 && checks.some(isInteger)) return true
    return checks.map(checkOf).some((held) => held.check === 'multiple_of' && isMultiple(held.value, wanted.value))
  }
  return wanted.check === 'string_format' && checks.some((held) => covers(checkOf(held), wanted))
}

function isMultiple(value: number | bigint, of: number | bigint): boolean {
  if (value === of) return true
  if (typeof value === 'bigint' || typeof of === 'bigint')
    return typeof value === typeof of && of !== 0n && BigInt(value) % BigInt(of) === 0n
  return Number.isSafeInteger(value) && Number.isSafeInteger(of) && value % of === 0
}

function refusesEmpty(check: Check): boolean {
  const definition = checkOf(check)
  if (definition.check !== 'string_format' || !definition.pattern) return false
  return !new RegExp(definition.pattern.source, definition.pattern.flags).test('')
}

/** Whether a string of the first format is of the second one: the same format, with the same parameters or more. */
function covers(first: CheckDefinition, second: CheckDefinition & { format: string }): boolean {
  if (first.check !== 'string_format') return false
  const given: Readonly<Record<string, unknown>> = { ...first }
  const wanted: Readonly<Record<string, unknown>> = { ...second }
  const isUuid = first.format === 'uuid' || first.format === 'guid'
  if (isUuid && (second.format === 'guid' || (second.format === first.format && wanted['version'] === undefined)))
    return true
  const ignored = ['type', 'check', 'checks', 'error', 'abort', 'coerce']
  return Object.keys(wanted).every(
    (key) => ignored.includes(key) || wanted[key] === undefined || isSame(given[key], wanted[key]),
  )
}

const isSame = (first: unknown, second: unknown) =>
  first === second || (first instanceof RegExp && second instanceof RegExp && String(first) === String(second))
