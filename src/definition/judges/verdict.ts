import type { Schema } from '../schema.ts'
import { describeType } from './describe-type.ts'

/** Everything that is given is accepted. */
export type Yes = { readonly verdict: 'yes' }

/** Something that is given is not accepted. */
export type No = {
  readonly verdict: 'no'
  /** The place, such as `messages[].role`; empty for the schema itself. */
  readonly path: string
  /** A short description of what is accepted there. */
  readonly expected: string
  /** A short description of what is given there. */
  readonly given: string
  /** A piece of a sentence whose subject is the place: "expected string, given number", "is required, but may be absent". */
  readonly reason: string
  /** `missing`: required and never given; `optional`: required and may be absent, undefined or null; `type`: all else. */
  readonly cause: 'missing' | 'optional' | 'type'
  /** Whether nothing that is given is accepted, so that another option of a union may be told to be the one that is meant. */
  readonly disjoint: boolean
}

/** What lies outside of what can be judged. */
export type Unprovable = {
  readonly verdict: 'unprovable'
  /** The place, such as `messages[].role`; empty for the schema itself. */
  readonly path: string
  /** A piece of a sentence whose subject is the place: "is checked by code that only running it can judge". */
  readonly reason: string
}

/** The answer to whether everything that one schema gives is accepted by another. */
export type Verdict = Yes | No | Unprovable

/** Where in two schemas a judgement is made. */
export type Place = {
  readonly path: string
  /** The pairs that are being judged around this one: met again within themselves, they are taken to hold. */
  readonly pairs: readonly { from: Schema; to: Schema; defined: boolean }[]
  /** Whether what is given is known not to be undefined, because a default stands in for it. */
  readonly defined: boolean
  /** Shared by one whole judgement: a bound on its cost. */
  readonly budget: { left: number }
}

/** Judges two schemas at a place. */
export type Judge = (from: Schema, to: Schema, at: Place) => Verdict

export const yes: Yes = { verdict: 'yes' }

export const no = (
  { path }: Place,
  { expected, given, ...rest }: Pick<No, 'expected' | 'given' | 'disjoint'> & Partial<No>,
): No => ({
  verdict: 'no',
  path,
  expected,
  given,
  reason: `expected ${expected}, given ${given}`,
  cause: 'type',
  ...rest,
})

/** Refuses one schema for another, where their types alone differ. */
export const refusal = (from: Schema, to: Schema, at: Place, disjoint: boolean): No =>
  no(at, { expected: describeType(to), given: describeType(from), disjoint })

export const unprovable = ({ path }: Pick<Place, 'path'>, reason: string): Unprovable => ({
  verdict: 'unprovable',
  path,
  reason,
})

/** Where code decides: why nothing can be said. */
export const refined = 'is checked by code that only running it can judge'

/** Why nothing can be said of an intersection that fills in, converts or overwrites. */
export const unmergeable = 'is an intersection whose sides may change the value differently'

/** The verdict of alternatives, any of which may be given: all must be accepted. */
export const everyOf = (verdicts: readonly Verdict[]): Verdict =>
  combine(verdicts, verdicts.length > 0 && verdicts.every((verdict) => verdict.verdict === 'no' && verdict.disjoint))

/** The verdict of parts that are given together: one that is refused altogether refuses the whole. */
export const wholeOf = (verdicts: readonly Verdict[]): Verdict =>
  combine(
    verdicts,
    verdicts.some((verdict) => verdict.verdict === 'no' && verdict.disjoint),
  )

function combine(verdicts: readonly Verdict[], disjoint: boolean): Verdict {
  const refusal = verdicts.find((verdict) => verdict.verdict === 'no')
  if (refusal) return { ...refusal, disjoint }
  return verdicts.find((verdict) => verdict.verdict === 'unprovable') ?? yes
}
