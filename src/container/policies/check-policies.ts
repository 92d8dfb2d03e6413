import { aliasOf, type Binding, type Dependency } from '../../definition/binding.ts'
import type { Policy } from '../../definition/policy.ts'
import type { Problem } from '../../errors/index.ts'

/** What a field of a policy holds. */
interface Field {
  readonly fits: (value: number) => boolean
  readonly expected: string
  readonly optional?: true
}

/** What a timer of Node takes: a longer one fires at once. */
const longestTimer = 2_147_483_647

const timer: Field = {
  fits: (value) => value > 0 && value <= longestTimer,
  expected: `milliseconds above 0, at most ${longestTimer}`,
}
const wait: Field = {
  fits: (value) => value >= 0 && value <= longestTimer,
  expected: `milliseconds from 0 to ${longestTimer}`,
}
const span: Field = { fits: (value) => value > 0, expected: 'milliseconds above 0' }
const count: Field = { fits: (value) => Number.isInteger(value) && value > 0, expected: 'a whole number above 0' }
const dollars: Field = { fits: (value) => value > 0, expected: 'US dollars above 0' }

/** Every policy, with its fields. */
const fieldsOf: { readonly [K in Policy['policy']]: Readonly<Record<string, Field>> } = {
  timeout: { milliseconds: timer },
  retry: { attempts: count, delay: wait, longestDelay: wait },
  cache: { milliseconds: span, entries: count },
  rateLimit: { calls: count, per: span },
  meter: {},
  budget: { cost: { ...dollars, optional: true }, calls: { ...count, optional: true }, per: span },
}

/** The names of all policies. */
export const policyNames: readonly string[] = Object.keys(fieldsOf)

/** What is wrong with the candidates and policies of a binding, whatever it is for. `path` is the place of the binding. */
export function checkPolicies(binding: Binding, path: string): Problem[] {
  const { policies } = binding
  const meters = policies.filter((policy) => isRecord(policy) && policy.policy === 'meter')
  return [
    ...checkCandidates(binding.to, path),
    ...policies.flatMap((policy) => checkPolicy(policy, path)),
    ...meters
      .slice(1)
      .map(() =>
        policyProblem(
          `${path}.meter`,
          'meter() is there twice, so that it would count every call twice.',
          'Keep one of them.',
        ),
      ),
  ]
}

/** A problem of a binding. */
export const policyProblem = (path: string, message: string, remedy: string): Problem =>
  Object.freeze({ code: 'binding_policy_invalid', path, message, remedy })

/** Whether something is an object with fields. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list of names for a sentence. */
export const namesOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ') || 'none'

/** A value for a sentence. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

function checkCandidates(candidates: readonly unknown[], path: string): Problem[] {
  if (candidates.length === 0)
    return [policyProblem(path, 'The binding has no candidate.', 'Name the alias of an installed integration.')]
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const candidate of candidates) {
    if (!isDependency(candidate)) {
      problems.push(
        policyProblem(
          path,
          `${describeValue(candidate)} is no candidate.`,
          'Give the alias of an installed integration, or { integrationAlias, integrationInterfaceAlias }.',
        ),
      )
      continue
    }
    const key = JSON.stringify(
      typeof candidate === 'string' ? [candidate] : [candidate.integrationAlias, candidate.integrationInterfaceAlias],
    )
    if (seen.has(key))
      problems.push(
        policyProblem(
          path,
          `'${aliasOf(candidate)}' is there twice among the candidates of a failover.`,
          'Name each candidate once; to call one again, use retry().',
        ),
      )
    seen.add(key)
  }
  return problems
}

function isDependency(candidate: unknown): candidate is Dependency {
  const isName = (name: unknown): boolean => typeof name === 'string' && name !== ''
  return (
    isName(candidate) ||
    (isRecord(candidate) && isName(candidate.integrationAlias) && isName(candidate.integrationInterfaceAlias))
  )
}

function checkPolicy(policy: unknown, path: string): Problem[] {
  if (!isRecord(policy) || typeof policy.policy !== 'string')
    return [
      policyProblem(
        path,
        `${describeValue(policy)} is no policy.`,
        `Use what one of these gives: ${policyNames.map((name) => `${name}()`).join(', ')}.`,
      ),
    ]
  const { policy: name, ...given } = policy
  if (!isPolicyName(name))
    return [policyProblem(`${path}.${name}`, `There is no policy '${name}'.`, `Use one of ${namesOf(policyNames)}.`)]
  const fields = fieldsOf[name]
  const problems: Problem[] = []
  for (const field of Object.keys(given)) {
    if (!Object.hasOwn(fields, field))
      problems.push(
        policyProblem(
          `${path}.${name}.${field}`,
          `The policy '${name}' has no field '${field}'.`,
          `Its fields are: ${namesOf(Object.keys(fields))}.`,
        ),
      )
  }
  for (const [field, { fits, expected, optional }] of Object.entries(fields)) {
    const value = given[field]
    if (value === undefined && optional) continue
    if (typeof value === 'number' && Number.isFinite(value) && fits(value)) continue
    problems.push(
      policyProblem(
        `${path}.${name}.${field}`,
        value === undefined
          ? `The policy '${name}' has no '${field}'.`
          : `The '${field}' of the policy '${name}' is ${describeValue(value)}.`,
        `Give ${expected}.`,
      ),
    )
  }
  if (name === 'budget' && given.cost === undefined && given.calls === undefined)
    problems.push(
      policyProblem(`${path}.budget`, 'The budget limits nothing.', 'Give it `cost` (US dollars) or `calls`.'),
    )
  return problems
}

/** Whether there is a policy of that name. */
export const isPolicyName = (name: string): name is Policy['policy'] => Object.hasOwn(fieldsOf, name)
