import type { CheckResult, ImplementedInterface, InterfaceDefinition } from 'plugboard'
import { runSuite, type SetUp, type SuiteSetUp } from 'plugboard/testing'
import { failureOf, type Pair, skippedPair, triedPair } from './pair.ts'
import { hasContract } from './parts.ts'

/** What a suite found out of an interface. */
interface Finding {
  readonly of: InterfaceDefinition
  readonly as: string
  readonly checks: readonly CheckResult[]
}

/** Holds an integration to each interface that it claims. */
export async function suitePairs(
  integration: string,
  interfaces: readonly ImplementedInterface[],
  { suites }: SetUp,
): Promise<Pair[]> {
  const findings: Finding[] = []
  for (const one of suites) {
    const of = one.suite.kind === 'contract' ? one.suite.interface : one.suite
    const as = one.as ?? interfaces.find(({ interface: { name } }) => name === of.name)?.as ?? of.name
    findings.push({ of, as, checks: await checksOf(one) })
  }
  return interfaces.map((implementation) => {
    const { interface: base, as } = implementation
    const own = findings.filter((finding) => finding.of.name === base.name && finding.as === as)
    const wider = findings.filter((finding) => buildsOn(finding.of, base.name))
    const checks = own.length > 0 ? own.flatMap((one) => one.checks) : wider.flatMap((one) => checksAbout(base, one))
    if (checks.length > 0) return triedPair(integration, nameOf(implementation), checks)
    return skippedPair(integration, nameOf(implementation), hasContract(base.name) ? 'no set-up' : 'no contract')
  })
}

/** The name of an interface, and under which it is implemented where that is another. */
export const nameOf = ({ interface: { name }, as }: ImplementedInterface): string =>
  as === name ? name : `${name} as ${as}`

async function checksOf({ suite, title, ...options }: SuiteSetUp): Promise<CheckResult[]> {
  const checks: CheckResult[] = []
  const reason = await failureOf(async () => {
    checks.push(...(await runSuite(suite, options)).checks)
  })
  return reason === undefined ? checks : [...checks, { check: title, title, outcome: 'failed', reason }]
}

const buildsOn = ({ extensions }: InterfaceDefinition, name: string): boolean =>
  extensions.some(({ base }) => base.name === name || buildsOn(base, name))

/** The suite of an interface makes the checks of those that it builds on as well: these, and what is said of all actions. */
function checksAbout(base: InterfaceDefinition, { checks }: Finding): CheckResult[] {
  const about = new Set(['situations', 'errors', ...subjectsOf(base)])
  return checks.filter(({ check }) => about.has(check) || about.has(check.slice(0, check.lastIndexOf('/'))))
}

function subjectsOf({ name, members, extensions }: InterfaceDefinition): string[] {
  const named = (section: 'entities' | 'events') => Object.keys(members[section]).map((one) => `${section}/${one}`)
  return [
    name,
    ...Object.keys(members.actions),
    ...named('entities'),
    ...named('events'),
    ...extensions.flatMap((one) => subjectsOf(one.base)),
  ]
}
