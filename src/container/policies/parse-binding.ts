import type { Binding, Dependency } from '../../definition/binding.ts'
import { budget, cache, meter, type Policy, rateLimit, retry, timeout } from '../../definition/policy.ts'
import { listed, shown } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'
import { checkPolicies, isPolicyName } from './check-policies.ts'
import { isRecord, policyProblem } from './policy-problem.ts'

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
  if (!isRecord(given) || 'integrationAlias' in given) return checked(given, [], path)
  const { to, policies, ...named } = given
  if (to === undefined) {
    const remedy = 'Give `to` the alias of an installed integration, or a list of them.'
    return [policyProblem(path, 'The binding does not say what it is to.', remedy)]
  }
  if (policies === undefined) return fromNames(to, named, path)
  const names = Object.keys(named)
  if (names.length > 0) {
    const remedy = 'Write all policies in one of the two ways.'
    return [policyProblem(path, `Beside \`policies\` stand ${listed(names)}.`, remedy)]
  }
  if (!Array.isArray(policies))
    return [policyProblem(`${path}.policies`, `${shown(policies)} is no list.`, 'Give a list of policies.')]
  return checked(to, policies, path)
}

function fromNames(to: unknown, named: Fields, path: string): Binding | readonly Problem[] {
  const policies: Fields[] = []
  const problems: Problem[] = []
  for (const [name, given] of Object.entries(named)) {
    const fields = fieldsFrom(name, given)
    if (fields || !isPolicyName(name)) policies.push({ ...fields, policy: name })
    else if (given !== false)
      problems.push(policyProblem(`${path}.${name}`, `${shown(given)} is no '${name}'.`, `Give ${formsOf(name)}.`))
  }
  const result = checked(to, policies, path)
  return problems.length > 0 ? [...problems, ...('to' in result ? [] : result)] : result
}

function checked(to: unknown, policies: readonly unknown[], path: string): Binding | readonly Problem[] {
  const binding: Binding = Object.freeze({
    to: Object.freeze((Array.isArray(to) ? to : [to]) as readonly Dependency[]),
    policies: Object.freeze(policies.map((policy) => Object.freeze(withDefaults(policy)) as Policy)),
  })
  const problems = checkPolicies(binding, path)
  return problems.length > 0 ? problems : binding
}

function withDefaults(policy: unknown): unknown {
  if (!isRecord(policy) || typeof policy.policy !== 'string' || !isPolicyName(policy.policy)) return policy
  return { ...make[policy.policy](policy), ...policy }
}

const millisecondsAlone: ReadonlySet<string> = new Set(['timeout', 'cache'])
const defaultsAlone: ReadonlySet<string> = new Set(['retry', 'meter'])

function fieldsFrom(name: string, given: unknown): Fields | undefined {
  if (isRecord(given)) return given
  if (typeof given === 'number' && millisecondsAlone.has(name)) return { milliseconds: given }
  return given === true && defaultsAlone.has(name) ? {} : undefined
}

function formsOf(name: string): string {
  if (millisecondsAlone.has(name)) return 'milliseconds, or an object of its fields'
  return defaultsAlone.has(name) ? 'true, or an object of its fields' : 'an object of its fields'
}
