import type { CheckResult, ConformanceReport } from 'plugboard'
import type { Contract } from '../contract.ts'
import type { Check } from './check.ts'
import { CheckWatch } from './check-watch.ts'
import { planOf } from './plan.ts'
import { Session } from './session.ts'
import { straysIn } from './strays.ts'
import { type Subject, subjectOf } from './subject.ts'
import { type SuiteOptions, waitsOf } from './suite-options.ts'
import { CheckFailed, CheckSkipped, messageOf } from './verdict.ts'

/** One run of a suite, of which each check is made once. */
export class SuiteRun {
  readonly checks: readonly Check[]
  readonly #subject: Subject
  readonly #results = new Map<Check, Promise<CheckResult>>()

  constructor(contract: Contract, options: SuiteOptions) {
    this.#subject = subjectOf(contract, options)
    this.checks = planOf(this.#subject)
  }

  /** What becomes of a check, in the light of what is known to fail. */
  result(check: Check): Promise<CheckResult> {
    const known = this.#results.get(check)
    if (known) return known
    const result = resultOf(check, new CheckWatch(waitsOf(this.#subject.options).patience)).then((found) =>
      judged(found, this.#subject.options),
    )
    this.#results.set(check, result)
    return result
  }

  /** What becomes of all of them. */
  async report(): Promise<ConformanceReport> {
    const { contract, contracts, integration, implementation, options } = this.#subject
    const checks: CheckResult[] = []
    for (const check of this.checks) checks.push(await this.result(check))
    checks.push(...this.strays())
    return {
      format: 'plugboard.conformance/1',
      interface: named(contract.interface),
      covers: contracts.filter((one) => one !== contract).map((one) => named(one.interface)),
      integration: named(integration),
      as: implementation.as,
      capabilities: await capabilitiesOf(this.#subject),
      date: options.date,
      seed: options.seed ?? 1,
      outcome: checks.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed',
      checks,
    }
  }

  /** What was said to the suite and means nothing: it would be left out without a word. */
  strays(): CheckResult[] {
    return straysIn(this.#subject, this.checks)
  }
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

async function resultOf({ name, title, run }: Check, watch: CheckWatch): Promise<CheckResult> {
  const result = { check: name, title }
  try {
    const note = await watch.over(run)
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
    return { ...result, reason: 'its known deviation does not occur any more: take it out', deviation }
  if (until < date) return { ...result, reason: `its deviation expired on ${until}: ${result.reason}`, deviation }
  return { ...result, outcome: 'deviates', deviation }
}
