import type { Binding, Dependency } from '../../definition/binding.ts'
import { budget, cache, meter, type Policy, rateLimit, retry, timeout } from '../../definition/policy.ts'
import type { Problem } from '../../errors/index.ts'
import {
  checkPolicies,
  describeValue,
  isPolicyName,
  isRecord,
  namesOf,
  policyNames,
  policyProblem,
} from './check-policies.ts'

type Fields = Readonly<Record<string, unknown>>

/** Every policy from its fields, with its defaults. What the fields are worth is checked afterwards. */
const make: { readonly [K in Policy['policy']]: (fields: Fields) => Policy } = {
  timeout: ({ milliseconds }) => timeout(milliseconds as number),
  retry: (fields) => retry(fields),
  cache: ({ milliseconds, ...options }) => cache(milliseconds as number, options),
  rateLimit: (fields) => rateLimit(fields as { calls: number; per: number }),
  meter: () => meter(),
  budget: (fields) => budget(fields),
}

/**
 * A binding from the data of a configuration file. One of:
 * - an alias, `"openai"`, or `{ "integrationAlias": "acme", "integrationInterfaceAlias": "channels" }`
 * - a failover: `["anthropic", "openai"]`
 * - with policies, outermost first: `{ "to": "openai", "timeout": 30000, "retry": { "attempts": 3 }, "meter": true }`.
 *   `timeout` and `cache` take milliseconds or their fields, `retry` and `meter` take `true` or their fields, and `false` leaves one out.
 * - as `bind()` gives it: `{ "to": ["openai"], "policies": [{ "policy": "timeout", "milliseconds": 30000 }] }`
 *
 * Gives all problems where there are any. `path` is the place of the binding, for them.
 */
export function parseBinding(given: unknown, path: string): Binding | readonly Problem[] {
  if (!isRecord(given) || 'integrationAlias' in given) return checked(candidatesOf(given), [], path)
  const { to, policies, ...named } = given
  if (to === undefined)
    return [
      policyProblem(
        path,
        'The binding does not say what it is to.',
        'Give `to` the alias of an installed integration, or a list of them.',
      ),
    ]
  if (policies === undefined) return checked(candidatesOf(to), Object.entries(named), path)
  const names = Object.keys(named)
  if (names.length > 0)
    return [
      policyProblem(path, `Beside \`policies\` stand ${namesOf(names)}.`, 'Write all policies in one of the two ways.'),
    ]
  if (!Array.isArray(policies))
    return [policyProblem(`${path}.policies`, `${describeValue(policies)} is no list.`, 'Give a list of policies.')]
  return checked(candidatesOf(to), policies.map(namedPolicy), path)
}

type Named = readonly [name: string, fields: unknown]

const candidatesOf = (to: unknown): readonly unknown[] => (Array.isArray(to) ? to : [to])

function namedPolicy(policy: unknown): Named {
  if (!isRecord(policy)) return [describeValue(policy), policy]
  const { policy: name, ...fields } = policy
  return [typeof name === 'string' ? name : describeValue(policy), fields]
}

function checked(to: readonly unknown[], named: readonly Named[], path: string): Binding | readonly Problem[] {
  const problems: Problem[] = []
  const policies: Policy[] = []
  for (const [name, given] of named) {
    const fields = fieldsFrom(name, given)
    if (!isPolicyName(name))
      problems.push(
        policyProblem(`${path}.${name}`, `There is no policy '${name}'.`, `Use one of ${namesOf(policyNames)}.`),
      )
    else if (fields) policies.push(Object.freeze({ ...make[name](fields), ...fields }))
    else if (given !== false)
      problems.push(
        policyProblem(`${path}.${name}`, `${describeValue(given)} is no '${name}'.`, `Give ${formsOf(name)}.`),
      )
  }
  const binding: Binding = Object.freeze({
    to: Object.freeze(to as readonly Dependency[]),
    policies: Object.freeze(policies),
  })
  problems.push(...checkPolicies(binding, path))
  return problems.length > 0 ? problems : binding
}

const millisecondsAlone: readonly string[] = ['timeout', 'cache']
const defaultsAlone: readonly string[] = ['retry', 'meter']

function fieldsFrom(name: string, given: unknown): Fields | undefined {
  if (isRecord(given)) return given
  if (typeof given === 'number' && millisecondsAlone.includes(name)) return { milliseconds: given }
  return given === true && defaultsAlone.includes(name) ? {} : undefined
}

function formsOf(name: string): string {
  if (millisecondsAlone.includes(name)) return 'milliseconds, or an object of its fields'
  return defaultsAlone.includes(name) ? 'true, or an object of its fields' : 'an object of its fields'
}
