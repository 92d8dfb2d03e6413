import type { Binding } from '../../definition/binding.ts'
import type { Policy } from '../../definition/policy.ts'
import { listed, shown } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'
import { checkCandidates } from './check-candidates.ts'
import { isRecord, policyProblem } from './policy-problem.ts'

/** What a field of a policy holds: a number. */
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
const policyNames = Object.keys(fieldsOf)

/** What is wrong with the candidates and policies of a binding, whatever it is for. `path` is the place of the binding. */
export function checkPolicies({ to, policies }: Binding, path: string): Problem[] {
  const problems = [...checkCandidates(to, path), ...policies.flatMap((policy) => checkPolicy(policy, path))]
  if (policies.filter((policy) => isRecord(policy) && policy.policy === 'meter').length > 1)
    problems.push(
      policyProblem(`${path}.meter`, 'It is there more than once, and would count every call as often.', 'Keep one.'),
    )
  return problems
}

/** Whether there is a policy of that name. */
export const isPolicyName = (name: string): name is Policy['policy'] => Object.hasOwn(fieldsOf, name)

function checkPolicy(policy: unknown, path: string): Problem[] {
  if (!isRecord(policy) || typeof policy.policy !== 'string') {
    const remedy = `Use what one of these gives: ${policyNames.map((name) => `${name}()`).join(', ')}.`
    return [policyProblem(path, `${shown(policy)} is no policy.`, remedy)]
  }
  const { policy: name, ...given } = policy
  if (isPolicyName(name)) return checkFields(name, given, `${path}.${name}`)
  return [policyProblem(`${path}.${name}`, `There is no policy '${name}'.`, `There are: ${listed(policyNames)}.`)]
}

function checkFields(name: Policy['policy'], given: Readonly<Record<string, unknown>>, path: string): Problem[] {
  const fields = fieldsOf[name]
  const known = Object.keys(fields)
  const problems = Object.keys(given)
    .filter((field) => !known.includes(field))
    .map((field) =>
      policyProblem(`${path}.${field}`, `'${name}' has no field of that name.`, `It has: ${listed(known)}.`),
    )
  for (const [field, { fits, expected, optional }] of Object.entries(fields)) {
    const value = given[field]
    if (value === undefined && optional) continue
    if (typeof value === 'number' && Number.isFinite(value) && fits(value)) continue
    problems.push(policyProblem(`${path}.${field}`, `It is ${shown(value)}.`, `Give ${expected}.`))
  }
  if (name === 'budget' && given.cost === undefined && given.calls === undefined)
    problems.push(policyProblem(path, 'It limits nothing.', 'Give it `cost` (US dollars) or `calls`.'))
  return problems
}
