import type { Pair } from './pair.ts'

/** How many pairs came to what. */
export function summaryOf(pairs: readonly Pair[]): string {
  const count = (outcome: Pair['outcome']) => pairs.filter((pair) => pair.outcome === outcome).length
  const deviations = new Set(
    pairs.flatMap((pair) => pair.deviations.map(({ check }) => `${pair.integration} ${check}`)),
  )
  return `${count('pass')} pairs pass, ${count('fail')} fail, ${count('skipped')} skipped, ${deviations.size} known deviations`
}

/** A pair in lines, with what is worth knowing of it. */
export function linesOf({ integration, other, outcome, reasons, deviations, passed, skipped }: Pair): string[] {
  const made = outcome === 'skipped' ? reasons[0] : `${passed} passed, ${skipped} skipped`
  return [
    `${outcome.padEnd(8)} ${integration} × ${other}: ${made}`,
    ...(outcome === 'fail' ? reasons.map((reason) => `         ${reason}`) : []),
    ...deviations.map(({ check, deviation }) => `         known deviation until ${deviation?.until}: ${check}`),
  ]
}

/** The page `docs/matrix.md`. */
export function pageOf(suites: readonly Pair[], plugins: readonly Pair[]): string {
  const deviations = suites.flatMap((pair) => pair.deviations.map((one) => ({ pair, one })))
  return `# Swap matrix

Every integration is held to the suite of every interface that it claims, and every plugin is tried with every integration that meets its needs. Platforms are stood in for, so no key is needed: \`npm run matrix\` runs it and writes this page.

**${summaryOf([...suites, ...plugins])}.** A known deviation is one check that is put up with until a date; its pair passes until then.

## Integrations and the interfaces that they claim

A check that is skipped needs a capability that is not claimed, or a situation that nobody brings about; which, and why, stands in the report that travels with the package. The suites of some interfaces are run more than once, in different situations, and their checks add up.

${table(['integration', 'interface', 'outcome', 'checks passed', 'checks skipped'], suites.map(rowOf))}

## Plugins and the integrations that they run with

${table(
  ['plugin', 'integration', 'outcome'],
  plugins.map((pair) => [code(pair.other), code(pair.integration), told(pair)]),
)}

## Known deviations

${
  deviations.length === 0
    ? 'None.'
    : table(
        ['integration', 'check', 'until', 'reason'],
        deviations.map(({ pair, one }) => [
          code(pair.integration),
          code(one.check),
          one.deviation?.until ?? '',
          one.deviation?.reason ?? '',
        ]),
      )
}
`
}

function rowOf(pair: Pair): string[] {
  const { integration, other, outcome, passed, skipped } = pair
  const counts = outcome === 'skipped' ? ['', ''] : [String(passed), String(skipped)]
  return [code(integration), code(other), told(pair), ...counts]
}

const told = ({ outcome, reasons }: Pair): string => (outcome === 'pass' ? 'pass' : `${outcome}: ${reasons.join('; ')}`)
const code = (text: string): string => `\`${text}\``

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
