import type { CheckResult, ConformanceReport } from '../../definition/conformance.ts'
import { conformanceFormat } from '../../definition/conformance.ts'
import type { ImplementedInterface } from '../../definition/extend.ts'
import type { IntegrationDefinition } from '../../definition/integration-definition.ts'
import { reportsOf } from '../../definition/package.ts'

/** The reports of contract suites that a package brings. */
export interface Reports {
  readonly read: readonly ConformanceReport[]
  /** Why others could not be read, each in a piece of a sentence. They prove nothing. */
  readonly unread: readonly string[]
}

/** Loads the reports of contract suites that a package brings. */
export async function loadReports(definition: IntegrationDefinition): Promise<Reports> {
  const loaded = await Promise.allSettled(reportsOf(definition).map(async (load) => (await load()).default))
  return {
    read: loaded.flatMap((one) => (one.status === 'fulfilled' && isReport(one.value) ? [one.value] : [])),
    unread: loaded.flatMap((one) => {
      if (one.status === 'rejected') return [one.reason instanceof Error ? one.reason.message : String(one.reason)]
      return isReport(one.value) ? [] : [`it is not of the format '${conformanceFormat}'`]
    }),
  }
}

/** What is to be proved. */
export interface Claim {
  readonly definition: IntegrationDefinition
  readonly implementation: ImplementedInterface
  /** The capabilities that its configuration leaves. */
  readonly capabilities: readonly string[]
  /** The day on which it is judged: `2026-11-29`. */
  readonly today: string
}

/** Why the reports of a package do not prove that it implements an interface: a piece of a sentence that follows its alias. Undefined where they do. */
export function unproved({ read, unread }: Reports, claim: Claim): string | undefined {
  const { interface: base, as } = claim.implementation
  const suite = `the contract suite of interface '${base.name}' ${base.version}`
  const about = read.filter((report) => covers(report, base.name, as))
  if (about.length === 0)
    return `brings no report of ${suite}${unread.length === 0 ? '' : `; one that it brings cannot be read: ${unread.join('; ')}`}`
  const reasons = about.map((report) => lackOf(report, claim))
  return reasons.includes(undefined)
    ? undefined
    : `brings a report of ${suite} that proves nothing: ${reasons.join('; ')}`
}

/** One for an interface that builds on this one counts for it, too. */
function covers(report: ConformanceReport, name: string, as: string): boolean {
  if (report.interface.name === name) return report.as === as
  const named = as === name ? report.interface.name : as
  return report.as === named && report.covers.some((one) => one.name === name)
}

function lackOf(
  report: ConformanceReport,
  { definition, implementation, capabilities, today }: Claim,
): string | undefined {
  const { interface: base } = implementation
  const { name, version } = report.integration
  if (name !== definition.name || version !== definition.version)
    return `it is of '${name}' ${version}, and this is '${definition.name}' ${definition.version}`
  const judged = [report.interface, ...report.covers].find((one) => one.name === base.name)
  if (judged?.version !== base.version) return `it is of version ${judged?.version} of the interface`
  const unseen = capabilities.find((capability) => !report.capabilities.includes(capability))
  if (unseen !== undefined && report.interface.name === base.name) return `the capability '${unseen}' was not tested`
  const failed = report.checks.find(({ outcome }) => outcome === 'failed')
  if (failed) return `'${failed.check}' failed${failed.reason === undefined ? '' : `: ${failed.reason}`}`
  if (report.outcome !== 'passed') return 'it says that the suite failed'
  const expired = report.checks.find((check) => hasExpired(check, today))
  if (expired) return `the known deviation of '${expired.check}' expired on ${expired.deviation?.until}`
  const untried = Object.entries(implementation.actions).find(
    ([action, { action: declared, name: own }]) =>
      own !== undefined &&
      (declared.capability === undefined || capabilities.includes(declared.capability)) &&
      !report.checks.some(({ check, outcome }) => check === `${action}/output` && tried.has(outcome)),
  )
  if (untried) return `'${untried[0]}' was not tried`
  return report.checks.some(({ outcome }) => outcome === 'passed') ? undefined : 'nothing was checked'
}
const tried: ReadonlySet<string> = new Set(['passed', 'deviates'])

const hasExpired = ({ outcome, deviation }: CheckResult, today: string): boolean =>
  outcome === 'deviates' && (deviation === undefined || deviation.until < today)

/** As much of its form as is read here. */
function isReport(value: unknown): value is ConformanceReport {
  const {
    format,
    interface: base,
    covers: others,
    integration,
    capabilities,
    checks,
  } = (value ?? {}) as Partial<ConformanceReport>
  return (
    format === conformanceFormat &&
    isRecord(base) &&
    isRecord(integration) &&
    Array.isArray(capabilities) &&
    [others, checks].every((list) => Array.isArray(list) && list.every(isRecord))
  )
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null
