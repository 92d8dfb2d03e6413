import { type Condition, conditions, type EvidenceOfOne, type ShowingTest } from './failure-evidence.ts'

/** A report of a contract suite, as far as it is read here. */
export interface ReadReport {
  /** Relative to the folder of the integration. */
  readonly file: string
  readonly checks: readonly { readonly check: string; readonly outcome: string }[]
}

/** An integration, and what shows how it fails. */
export interface ShownIntegration {
  readonly name: string
  readonly evidence: EvidenceOfOne
  readonly reports: readonly ReadReport[]
}

/** The checks of reports that show a condition. */
const checks: Readonly<Partial<Record<Condition, RegExp>>> = {
  wrongKey: /^situations\/unauthorized$/,
  rateLimited: /^situations\/rateLimited$/,
  broken: /^situations\/unavailable$/,
  malformed: /^situations\/malformed$/,
  aborted: /\/abort(?:-stream)?$/,
}

/**
 * The table of integrations and conditions, with links to the tests and reports that show them.
 * @param sourceOf gives the text of a file by its path from the root.
 * @throws {Error} if a test is not there, or nothing shows a condition and nothing says why it cannot come about.
 */
export function failuresTable(integrations: readonly ShownIntegration[], sourceOf: (path: string) => string): string {
  const names = Object.keys(conditions) as Condition[]
  const wrong: string[] = []
  const rows = integrations.map((integration) => {
    const cells = names.map((condition) => {
      const cell = cellOf(integration, condition, sourceOf, wrong)
      if (cell === '') wrong.push(`nothing shows '${conditions[condition]}' of '${integration.name}'`)
      return cell
    })
    return `| \`${integration.name}\` | ${cells.join(' | ')} |`
  })
  if (wrong.length > 0) throw new Error(`tools/documentation/failure-evidence.ts: ${wrong.join('; ')}`)
  return [
    `| integration | ${names.map((name) => conditions[name]).join(' | ')} |`,
    `| --- | ${names.map(() => '---').join(' | ')} |`,
    ...rows,
  ].join('\n')
}

function cellOf(
  { name, evidence, reports }: ShownIntegration,
  condition: Condition,
  sourceOf: (path: string) => string,
  wrong: string[],
): string {
  const shown: string[] = []
  const given = evidence[condition]
  const tests = typeof given !== 'object' ? [] : isOne(given) ? [given] : given
  for (const [file, test] of tests) {
    const path = file.startsWith('src/') ? file : `integrations/${name}/${file}`
    if (!isIn(sourceOf(path), test)) wrong.push(`${path} has no test '${test}'`)
    shown.push(`[test](../${path})`)
  }
  const report = reports.find(({ checks: all }) =>
    all.some(({ check, outcome }) => outcome === 'passed' && checks[condition]?.test(check)),
  )
  if (report) shown.push(`[suite](../integrations/${name}/${report.file})`)
  return shown.length === 0 && typeof given === 'string' ? `– ${given}` : shown.join(', ')
}

const isOne = (given: ShowingTest | readonly ShowingTest[]): given is ShowingTest => typeof given[0] === 'string'

/** Whether a file names a test, or a case of one. */
const isIn = (source: string, test: string): boolean =>
  ["'", '`'].some((quote) => source.includes(quote + test + quote))
