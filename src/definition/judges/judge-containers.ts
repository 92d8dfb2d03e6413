import type { Schema } from '../schema.ts'
import { boundsOf, limitOf } from './check-bounds.ts'
import { describeType } from './describe-type.ts'
import { heldBy, judgeChecks } from './judge-checks.ts'
import { factsOf, type Field, isSchema, madeUp, type ObjectFacts } from './object-facts.ts'
import { checksOf, definitionOf, partsOf, pathTo } from './schema-parts.ts'
import { attempt, isStable } from './schema-values.ts'
import { type Judge, no, type Place, refined, unmergeable, unprovable, type Verdict, wholeOf, yes } from './verdict.ts'

const within = (at: Place, label: PropertyKey): Place => ({
  ...at,
  path: pathTo(at.path, String(label)),
  defined: false,
})

/** Judges objects, records and intersections of them, field by field and key by key. */
export function judgeObjects(from: Schema, to: Schema, at: Place, judge: Judge): Verdict {
  const [given, accepted] = [factsOf(from, 'given'), factsOf(to, 'accepted')]
  if (!given || !accepted) return unprovable(at, unmergeable)
  const names = [...given.fields.keys(), ...accepted.fields.keys()]
  if (names.some((name) => typeof name === 'symbol')) return unprovable(at, 'has symbols as keys')
  const verdicts = [
    ...[...accepted.fields].map(([key, field]) => judgeField(key, field, given, within(at, key), judge)),
    ...[...given.fields].flatMap(([key, field]) => {
      if (accepted.fields.has(key)) return []
      if (accepted.rest !== 'refused')
        return isSchema(accepted.rest) ? [judge(field.schema, accepted.rest, within(at, key))] : []
      const refusal = { expected: 'no such key', given: describeType(field.schema), disjoint: field.absent === 'no' }
      return [
        no(within(at, key), { ...refusal, reason: 'is given, but the strict object that is expected has no such key' }),
      ]
    }),
    judgeRest(given, accepted, within(at, '*'), judge),
    judgeKeys(given, accepted, definitionOf(to).type === 'record', within(at, '*'), judge),
  ]
  const whole = wholeOf(verdicts)
  return whole.verdict === 'yes' && !keepsChecks(from, to, given, accepted) ? unprovable(at, refined) : whole
}

function judgeField(key: PropertyKey, field: Field, given: ObjectFacts, at: Place, judge: Judge): Verdict {
  const own =
    given.fields.get(key) ?? (isSchema(given.rest) ? ({ schema: given.rest, absent: 'yes' } as const) : undefined)
  if (own?.absent === 'no' || (own && field.absent === 'yes')) {
    const verdict = judge(own.schema, field.schema, at)
    if (verdict.verdict === 'no' && !given.fields.has(key) && given.keys)
      return unprovable(at, 'may or may not be among the keys that are given')
    return verdict.verdict === 'no' ? { ...verdict, disjoint: verdict.disjoint && own.absent === 'no' } : verdict
  }
  if (field.absent === 'yes') return yes
  if (field.absent === 'unprovable') return unprovable(at, `may be absent, and what stands in for it ${refined}`)
  const expected = describeType(field.schema)
  return own
    ? no(at, {
        expected,
        given: 'nothing',
        disjoint: false,
        cause: 'optional',
        reason: 'is required, but may be absent',
      })
    : no(at, { expected, given: 'nothing', disjoint: true, cause: 'missing', reason: 'is required, but is missing' })
}

function judgeRest(given: ObjectFacts, accepted: ObjectFacts, at: Place, judge: Judge): Verdict {
  if (!isSchema(given.rest) || accepted.rest === 'dropped') return yes
  if (isSchema(accepted.rest)) return loosened(judge(given.rest, accepted.rest, at))
  return no(at, {
    expected: 'no other key',
    given: describeType(given.rest),
    disjoint: false,
    reason: 'may be given, but the strict object that is expected has no such keys',
  })
}

/** A key is part of something larger: that it does not fit does not make the whole unfit. */
const loosened = (verdict: Verdict): Verdict => (verdict.verdict === 'no' ? { ...verdict, disjoint: false } : verdict)

/** Judges the keys themselves, where a record asks for more than strings. */
function judgeKeys(given: ObjectFacts, accepted: ObjectFacts, certainKeys: boolean, at: Place, judge: Judge): Verdict {
  const { keys } = accepted
  if (!keys) return yes
  for (const [key, field] of given.fields) {
    // Numbers are keys too: zod tries a key that is refused once more, as a number.
    const tried = [attempt(keys, key), attempt(keys, Number(key))]
    if (tried.some((result) => result?.accepted)) continue
    const certain = certainKeys && tried.every((result) => result)
    if (!certain) return unprovable(at, `may or may not be called '${String(key)}'`)
    return no(at, {
      expected: `keys that are ${describeType(keys)}`,
      given: `'${String(key)}'`,
      disjoint: field.absent === 'no',
    })
  }
  const unknownKeys = isSchema(given.rest) ? judge(given.keys ?? madeUp({ type: 'string' }), keys, at) : yes
  return unknownKeys.verdict === 'yes' ? yes : unprovable(at, `may have other keys than ${describeType(keys)}`)
}

/** Whether each check of what is accepted has been passed by the very same value, no key more and no key less. */
function keepsChecks(from: Schema, to: Schema, given: ObjectFacts, accepted: ObjectFacts): boolean {
  if (accepted.checks.length === 0) return true
  if (definitionOf(from).type !== 'object' || definitionOf(to).type !== 'object') return false
  if (!accepted.checks.every((check) => given.checks.includes(check)) || isSchema(given.rest)) return false
  const known = [...given.fields].every(([key, { schema }]) => {
    const same = accepted.fields.get(key)
    return same && definitionOf(same.schema) === definitionOf(schema)
  })
  return known && [...accepted.fields.values()].every(({ schema }) => isStable(schema))
}

type Sequence = { items: readonly Schema[]; rest: Schema | null; min: number; max: number }

/** Judges arrays and tuples: their length, then place by place. */
export function judgeSequences(from: Schema, to: Schema, at: Place, judge: Judge): Verdict {
  const [given, accepted] = [sequenceOf(from, 'optout'), sequenceOf(to, 'optin')]
  const verdicts: Verdict[] = [judgeLength(from, to, given, accepted, at)]
  const places = Math.min(Math.max(given.items.length, accepted.items.length), given.max)
  for (let index = 0; index < places; index++) {
    const [own, wanted] = [given.items[index] ?? given.rest, accepted.items[index] ?? accepted.rest]
    if (!own || !wanted) break
    const verdict = judge(own, wanted, within(at, `[${index}]`))
    verdicts.push(index < given.min ? verdict : loosened(verdict))
  }
  const filled = accepted.items
    .slice(given.min)
    .find((item) => item._zod.optin !== undefined && item._zod.optout !== 'optional')
  if (filled && !attempt(filled, undefined)?.accepted)
    verdicts.push(unprovable(at, `may end early, and what stands in for the rest ${refined}`))
  if (given.rest && accepted.rest && given.max > places) {
    const verdict = judge(given.rest, accepted.rest, within(at, '[]'))
    verdicts.push(given.min > places ? verdict : loosened(verdict))
  }
  return wholeOf(verdicts)
}

function sequenceOf(schema: Schema, side: 'optin' | 'optout'): Sequence {
  const definition = definitionOf(schema)
  const [min, max] = ([1, -1] as const).map((sign) => Number(limitOf(checksOf(schema), 'length', sign).value)) as [
    number,
    number,
  ]
  if (definition.type === 'array') return { items: [], rest: definition.element, min, max }
  const { items, rest } = definition as Extract<typeof definition, { type: 'tuple' }>
  const required = items.findLastIndex((item) => item._zod[side] === undefined) + 1
  return { items, rest, min: Math.max(min, required), max: Math.min(max, rest ? Infinity : items.length) }
}

/** Judges the length of arrays and tuples, and whatever else they are checked for. */
function judgeLength(from: Schema, to: Schema, given: Sequence, accepted: Sequence, at: Place): Verdict {
  if (!checksOf(to).every((check) => boundsOf(check).length > 0)) return unprovable(at, refined)
  if (given.min >= accepted.min && given.max <= accepted.max) return yes
  if (!heldBy(from).plain) return unprovable(at, refined)
  const disjoint = given.max < accepted.min || given.min > accepted.max
  return no(at, { expected: lengthText(accepted), given: lengthText(given), disjoint })
}

function lengthText({ min, max }: Sequence): string {
  return min === max ? `${min} items` : max === Infinity ? `at least ${min} items` : `${min} to ${max} items`
}

/** Judges Maps and Sets: their size, then keys and values. */
export function judgeCollections(from: Schema, to: Schema, at: Place, judge: Judge): Verdict {
  const [given, accepted] = [partsOf(from), partsOf(to)]
  // Values that are changed while they are parsed may become equal, and so fewer.
  const sized = checksOf(to).length === 0 || accepted.every(({ schema }) => isStable(schema))
  const parts = given.map(({ schema }, index) =>
    loosened(judge(schema, accepted[index]?.schema ?? schema, within(at, '[]'))),
  )
  return wholeOf([sized ? judgeChecks(from, to, at) : unprovable(at, refined), ...parts])
}
