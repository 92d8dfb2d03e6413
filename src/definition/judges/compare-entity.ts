import type { Schema } from '../schema.ts'
import { describeType } from './describe-type.ts'
import { shapeOf } from './object-shape.ts'
import { assignable, type Verdict } from './refines.ts'
import { checksOf, definitionOf, innerOf } from './schema-parts.ts'
import { acceptsAbsent, attempt, mayBeAbsent } from './schema-values.ts'

/** One reason why an own entity does not refine that of an interface. */
export type EntityProblem = {
  /**
   * `missing`: the field is not there; `optional`: it may be absent, undefined or null where it is required; `type`: it
   * is of another type; `kind`: one is an object of fields and the other is not (a record, say); `unprovable`: whether it
   * fits cannot be told.
   */
  readonly kind: 'missing' | 'optional' | 'type' | 'kind' | 'unprovable'
  /** The place, with the field of the entity first, such as `limits.maxTokens`; empty for the entity as a whole. */
  readonly field: string
  /** A short description of what the interface asks for. */
  readonly expected: string
  /** A short description of what the own entity has. */
  readonly given: string
  /** A piece of a sentence whose subject is the field, such as "is required, but may be absent". */
  readonly reason: string
}

/**
 * What is wrong with an own entity as a refinement of an interface's: each field that the interface asks for must be
 * there and accept no more than the interface's does, so that whoever knows the interface alone can read it. Further
 * fields, and whether either schema is strict, do not matter. Empty where all is well. Both schemas must be JSON-safe
 * (see `findNotJsonSafe`), so that what they give is what they take.
 */
export function compareEntity(base: Schema, own: Schema): EntityProblem[] {
  if (base === own) return []
  const [fields, ownFields] = [shapeOf(base), shapeOf(own)]
  if ([undefined, null].some((value) => attempt(own, value)?.accepted && attempt(base, value)?.accepted === false)) {
    return [
      {
        kind: 'optional',
        field: '',
        expected: describeType(base),
        given: describeType(own),
        reason: 'is required, but may be absent',
      },
    ]
  }
  if (!fields || !ownFields) {
    const problems = problemsOf(assignable(own, base), '', base, own)
    const differ = Boolean(fields) !== Boolean(ownFields) && !isUnion(own) && !isUnion(base)
    return differ
      ? [
          {
            kind: 'kind',
            field: '',
            expected: describeType(base),
            given: describeType(own),
            reason: 'is of another kind',
          },
        ]
      : problems
  }
  const problems = Object.entries(fields).flatMap(([name, field]): EntityProblem[] => {
    const ownField = Object.hasOwn(ownFields, name) ? ownFields[name] : undefined
    const omissible = acceptsAbsent(field) === 'yes'
    const expected = describeType(field)
    if (!ownField)
      return omissible
        ? []
        : [{ kind: 'missing', field: name, expected, given: 'nothing', reason: 'is required, but is missing' }]
    if (!omissible && mayBeAbsent(ownField)) {
      return [
        {
          kind: 'optional',
          field: name,
          expected,
          given: describeType(ownField),
          reason: 'is required, but may be absent',
        },
      ]
    }
    return problemsOf(assignable(ownField, field), name, field, ownField)
  })
  const refinements = checksOf(base).filter((check) => !checksOf(own).includes(check))
  if (problems.length > 0 || refinements.length === 0) return problems
  const reason = 'has a refinement in the interface that the own entity does not have'
  return [{ kind: 'unprovable', field: '', expected: describeType(base), given: describeType(own), reason }]
}

function problemsOf(verdict: Verdict, name: string, base: Schema, own: Schema): EntityProblem[] {
  if (verdict.verdict === 'yes') return []
  const { path, reason } = verdict
  const field = path === '' || path.startsWith('[') || name === '' ? name + path : `${name}.${path}`
  if (verdict.verdict === 'unprovable')
    return [{ kind: 'unprovable', field, expected: describeType(base), given: describeType(own), reason }]
  const kind = verdict.cause
  return [{ kind, field, expected: verdict.expected, given: verdict.given, reason }]
}

function isUnion(schema: Schema): boolean {
  const inner = innerOf(schema)
  return inner ? isUnion(inner) : definitionOf(schema).type === 'union'
}
