import type { Schema } from '../schema.ts'
import { describeType, describeValue } from './describe-type.ts'
import { hasWitness, isCode, judgeChecks } from './judge-checks.ts'
import { judgeCollections, judgeObjects, judgeSequences } from './judge-containers.ts'
import { judgeUnion, optionsOf } from './judge-unions.ts'
import { both, factsOf, only } from './object-facts.ts'
import { checkOf, checksOf, definitionOf, innerOf } from './schema-parts.ts'
import { attempt, converts, isStable, kindOf, valuesOf } from './schema-values.ts'
import { everyOf, no, type Place, refined, refusal, unmergeable, unprovable, type Verdict, yes } from './verdict.ts'

export type { No, Unprovable, Verdict, Yes } from './verdict.ts'

/**
 * Judges whether a member that an integration defines itself refines the interface's: its input must be at least as
 * wide, since at run time an input is parsed by the interface's schema and then by its own; its output at least as
 * narrow, since an output is parsed the other way round. `from` and `to` of `assignable` are chosen accordingly.
 */
export function judgeRefinement(own: Schema, base: Schema, side: 'input' | 'output'): Verdict {
  return side === 'input' ? assignable(base, own) : assignable(own, base)
}

/**
 * Judges whether everything that parsing with `from` can give is accepted by `to`.
 *
 * A yes can be relied on; a no stands for a value that would be refused (or would be, if schemas that admit no value at
 * all admitted one); all else is unprovable. What is judged:
 * - objects and whether they drop, keep, check or refuse unknown keys; records; intersections of them;
 * - optional, exactly optional, nullable, nonoptional, default, prefault and catch, by what comes in and what goes out;
 * - unions, discriminated unions and exclusive unions; literals, enums, booleans, null, undefined;
 * - strings with lengths, patterns and formats, template literals; numbers, bigints and dates with bounds; arrays,
 *   tuples, Maps and Sets with sizes; any, unknown, never; brands, descriptions, readonly; schemas that hold themselves;
 * - pipes without code between, by their two ends; whatever is the very same schema on both sides.
 * Unprovable are transforms, codecs, custom schemas, and refinements that are not the very same on both sides (of an
 * object: with the same fields). No refinement or transform is run. A default or caught value is tried once and taken to
 * be always so; an overwrite (trim, toLowerCase) is taken to change nothing the second time.
 */
export function assignable(from: Schema, to: Schema): Verdict {
  return judge(from, to, { path: '', pairs: [], defined: false, budget: { left: 20_000 } })
}

function judge(from: Schema, to: Schema, at: Place): Verdict {
  if (definitionOf(from) === definitionOf(to) && !converts(from)) return yes
  const pair = { from, to, defined: at.defined }
  if (at.pairs.some((other) => other.from === from && other.to === to && other.defined === at.defined)) return yes
  if (at.pairs.length > 100 || at.budget.left-- <= 0) return unprovable(at, 'is too large or too deep to be judged')
  const acceptsAll = ['any', 'unknown', 'catch'].includes(definitionOf(to).type)
  if (acceptsAll) return checksOf(to).length === 0 ? yes : unprovable(at, refined)
  const verdict = judgeGiven(from, to, { ...at, pairs: [...at.pairs, pair] })
  // What its own code refuses is never given, and that may be the very value that is refused here.
  const isCertain = verdict.verdict !== 'no' || verdict.disjoint || !checksOf(from).some(isCode)
  return isCertain ? verdict : unprovable(verdict, refined)
}

const overwritable = ['string', 'number', 'bigint', 'boolean', 'date']

/** Takes apart what is given until it is of one kind. */
function judgeGiven(from: Schema, to: Schema, at: Place): Verdict {
  const definition = definitionOf(from)
  if (!overwritable.includes(definition.type) && checksOf(from).some((check) => checkOf(check).check === 'overwrite')) {
    return unprovable(at, 'is overwritten after it is parsed')
  }
  const each = (options: readonly Schema[]) => everyOf(options.map((option) => judge(option, to, at)))
  const present = (inner: Schema) => judge(inner, to, { ...at, defined: true })
  switch (definition.type) {
    case 'never':
      return yes
    case 'lazy':
    case 'readonly':
      return judge(innerOf(from) ?? from, to, at)
    case 'nonoptional':
      return present(definition.innerType)
    case 'prefault': {
      const filled = attempt(from, undefined)
      return filled?.accepted && filled.value !== undefined
        ? present(definition.innerType)
        : judge(definition.innerType, to, at)
    }
    case 'default':
      return everyOf([present(definition.innerType), judgeFilled(() => definition.defaultValue, to, at)])
    case 'catch': {
      const caught = { value: undefined, input: undefined, issues: [], error: { issues: [] } }
      return everyOf([
        judge(definition.innerType, to, at),
        judgeFilled(() => definition.catchValue(caught), to, { ...at, defined: false }),
      ])
    }
    case 'nullable':
      return each([definition.innerType, only(null)])
    case 'optional': {
      const absent = attempt(from, undefined)
      const givesUndefined = absent ? absent.accepted && absent.value === undefined : true
      return each([definition.innerType, ...(givesUndefined ? [only(undefined)] : [])])
    }
    case 'union':
      return each(definition.options)
    case 'pipe':
      return judge(definition.out, to, at)
    case 'intersection': {
      if (factsOf(from, 'given')) break
      const { left, right } = definition
      const options =
        optionsOf(left)?.map((option) => both(option, right)) ?? optionsOf(right)?.map((option) => both(left, option))
      if (options) return each(options)
      const single = [left, right].every((side) => valuesOf(side) || overwritable.includes(kindOf(side)))
      const fits = single && [left, right].some((side) => judge(side, to, at).verdict === 'yes')
      return fits ? yes : unprovable(at, 'is an intersection of more than objects')
    }
    default:
  }
  return judgeAccepted(from, to, at)
}

function judgeFilled(fill: () => unknown, to: Schema, at: Place): Verdict {
  let value: unknown
  try {
    value = fill()
  } catch {
    return unprovable(at, 'is filled in by code that only running it can judge')
  }
  const result = attempt(to, value)
  if (!result && (value === undefined || value === null)) return judge(only(value), to, at)
  if (result?.accepted !== false) return yes
  const given = `${describeValue(value)}, which is filled in`
  return no(at, { expected: describeType(to), given, disjoint: true, cause: value === undefined ? 'optional' : 'type' })
}

const opaque = ['transform', 'custom', 'promise', 'function', 'success']
const passesUndefined = ['lazy', 'readonly', 'nullable']
const transparent = ['lazy', 'readonly', 'optional', 'nullable', 'default', 'prefault', 'nonoptional']

/** Takes apart what is accepted, for what is given of one kind, until that is of one kind too. */
function judgeAccepted(from: Schema, to: Schema, at: Place): Verdict {
  const values = valuesOf(from)?.filter((value) => !at.defined || value !== undefined)
  if (values) {
    const verdict = judgeValues(values, to, at)
    if (verdict) return verdict
    if (values.length !== 1) return everyOf(values.map((value) => judge(only(value), to, at)))
  }
  const wanted = definitionOf(to)
  const opaqueSide = [from, to].find((schema) => opaque.includes(definitionOf(schema).type))
  if (opaqueSide)
    return unprovable(
      at,
      definitionOf(opaqueSide).type === 'custom' ? refined : 'is transformed by code, or is no plain data',
    )
  if (transparent.includes(wanted.type)) {
    if (checksOf(to).length > 0) return unprovable(at, refined)
    if (values?.[0] === null && wanted.type === 'nullable') return yes
    const exact = to._zod.traits?.has('$ZodExactOptional')
    if (values && values[0] === undefined && !exact && !passesUndefined.includes(wanted.type)) {
      return wanted.type === 'optional' || wanted.type === 'default' ? yes : unprovable(at, refined)
    }
    if (wanted.type === 'nonoptional' && kindOf(from) === 'unknown' && !at.defined) return refusal(from, to, at, false)
    if (wanted.type === 'nonoptional' && definitionOf(wanted.innerType).type === 'catch') return unprovable(at, refined)
    return judge(from, innerOf(to) ?? to, at)
  }
  if (wanted.type === 'union')
    return checksOf(to).length > 0 ? unprovable(at, refined) : judgeUnion(from, to, wanted, at, judge)
  if (wanted.type === 'pipe') {
    if (wanted.transform) return unprovable(at, 'is transformed by code, or is no plain data')
    const first = judge(from, wanted.in, at)
    if (first.verdict !== 'yes') return first
    return judge(wanted.in, wanted.out, at).verdict === 'yes' ? yes : unprovable(at, 'is parsed twice by a pipe')
  }
  if (wanted.type === 'intersection' && !(factsOf(to, 'accepted') && factsOf(from, 'given'))) {
    const sides = [judge(from, wanted.left, at), judge(from, wanted.right, at)]
    const refused = sides.find((side) => side.verdict === 'no')
    // Of objects, one side may take a key that the other one refuses.
    if (refused && kindOf(from) !== 'object') return refused
    if (checksOf(to).length > 0 || !isStable(to)) return unprovable(at, unmergeable)
    return refused ? unprovable(at, 'is an intersection of more than objects') : everyOf(sides)
  }
  return judgeKinds(from, to, values, at)
}

/** Tries the values one by one; undefined where only an author's code could tell. */
function judgeValues(values: readonly unknown[], to: Schema, at: Place): Verdict | undefined {
  const refused: unknown[] = []
  for (const value of values) {
    const result = attempt(to, value)
    if (!result) return undefined
    if (!result.accepted) refused.push(value)
  }
  if (refused.length === 0) return yes
  return no(at, {
    expected: describeType(to),
    given: refused.length === 2 && refused[0] === true ? 'boolean' : refused.map(describeValue).join(' | '),
    disjoint: refused.length === values.length,
    cause: refused.every((value) => value === undefined || value === null) ? 'optional' : 'type',
  })
}

function judgeKinds(from: Schema, to: Schema, values: readonly unknown[] | undefined, at: Place): Verdict {
  const kind = kindOf(from)
  const mismatch = (disjoint: boolean) => refusal(from, to, at, disjoint)
  const wanted = definitionOf(to)
  if ('coerce' in wanted && wanted.coerce && kind !== kindOf(to)) {
    return wanted.type === 'boolean' && checksOf(to).length === 0
      ? yes
      : unprovable(at, `is converted to ${wanted.type}, which may fail`)
  }
  const accepted = valuesOf(to)
  if (accepted && values) return accepted.includes(values[0]) ? unprovable(at, refined) : mismatch(true)
  if (accepted) {
    const sameKind = accepted.some((value) => typeof value === kind)
    return sameKind && checksOf(from).length > 0 && !hasWitness(from, to)
      ? unprovable(at, `may or may not be one of ${describeType(to)}`)
      : mismatch(!sameKind && kind !== 'unknown')
  }
  if (kind !== kindOf(to)) return mismatch(kind !== 'unknown')
  if (values) return unprovable(at, refined)
  if (kind === 'object') return judgeObjects(from, to, at, judge)
  if (kind === 'array') return judgeSequences(from, to, at, judge)
  if (kind === 'map' || kind === 'set') return judgeCollections(from, to, at, judge)
  return judgeChecks(from, to, at)
}
