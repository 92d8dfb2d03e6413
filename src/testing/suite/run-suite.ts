import type { CheckResult, ConformanceReport, Deviation, InterfaceDefinition, InterfaceTypes } from 'plugboard'
import { type Contract, defineContract } from '../contract.ts'
import type { Check } from './check.ts'
import { planOf } from './plan.ts'
import { Session } from './session.ts'
import { type Subject, subjectOf } from './subject.ts'
import type { SuiteOptions } from './suite-options.ts'
import { CheckFailed, CheckSkipped, messageOf } from './verdict.ts'

/** What a suite is of: a contract, or an interface, which means its schemas alone. */
export type SuiteOf<I extends InterfaceTypes> = Contract<I> | InterfaceDefinition<I>

/**
 * Holds an integration to what an interface promises, and says of each promise what became of it. Throws nothing for one
 * that is broken: that is what the report is for.
 * @throws {PlugboardError} with the code `binding_interface` or `binding_version`, if the integration does not implement the interface.
 */
export async function runSuite<I extends InterfaceTypes>(
  suite: SuiteOf<I>,
  options: SuiteOptions,
): Promise<ConformanceReport> {
  const subject = subjectOf(contractOf(suite), options)
  const checks: CheckResult[] = []
  for (const check of planOf(subject)) checks.push(judged(await resultOf(check), options))
  checks.push(...strayDeviations(options, checks))
  const { contract, contracts, integration, implementation } = subject
  return {
    format: 'plugboard.conformance/1',
    interface: named(contract.interface),
    covers: contracts.filter((one) => one !== contract).map((one) => named(one.interface)),
    integration: named(integration),
    as: implementation.as,
    capabilities: await capabilitiesOf(subject),
    date: options.date,
    seed: options.seed ?? 1,
    outcome: checks.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed',
    checks,
  }
}

/** The contract of a suite. */
export function contractOf<I extends InterfaceTypes>(suite: SuiteOf<I>): Contract {
  return (suite.kind === 'contract' ? suite : defineContract(suite)) as unknown as Contract
}

const named = ({ name, version }: { name: string; version: string }) => ({ name, version })

async function capabilitiesOf(subject: Subject): Promise<readonly string[]> {
  try {
    await using session = await Session.start(subject)
    return session.capabilities
  } catch {
    // It does not start, which every check has said already.
    return subject.implementation.capabilities
  }
}

async function resultOf({ name, title, run }: Check): Promise<CheckResult> {
  const result = { check: name, title }
  try {
    const note = await run()
    return { ...result, outcome: 'passed', ...(typeof note === 'string' && { reason: note }) }
  } catch (error) {
    if (error instanceof CheckSkipped) return { ...result, outcome: 'skipped', reason: error.message }
    return { ...result, outcome: 'failed', reason: error instanceof CheckFailed ? error.message : messageOf(error) }
  }
}

/** A result in the light of what is known to fail. */
function judged(result: CheckResult, { deviations = [], date }: SuiteOptions): CheckResult {
  const known = deviations.find(({ check }) => check === result.check)
  if (!known) return result
  const { reason, until } = known
  const deviation = { reason, until }
  if (result.outcome !== 'failed')
    return { ...result, reason: `its known deviation does not occur any more: take it out`, deviation }
  if (until < date) return { ...result, reason: `its deviation expired on ${until}: ${result.reason}`, deviation }
  return { ...result, outcome: 'deviates', deviation }
}

function strayDeviations({ deviations = [] }: SuiteOptions, checks: readonly CheckResult[]): CheckResult[] {
  const stray = deviations.filter(({ check }) => !checks.some((one) => one.check === check))
  const malformed = deviations.filter(({ until }) => !/^\d{4}-\d{2}-\d{2}$/.test(until))
  const result = (check: string, reason: string): CheckResult => ({
    check,
    title: 'a known deviation is of a check, and has a date',
    outcome: 'failed',
    reason,
  })
  return [
    ...stray.map(({ check }: Deviation) => result(`deviations/${check}`, `there is no check '${check}'`)),
    ...malformed.map(({ check, until }) =>
      result(`deviations/${check}`, `'${until}' is no day: write it like 2027-03-31`),
    ),
  ]
}
