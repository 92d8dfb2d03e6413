import { readFile, writeFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { CheckResult, ConformanceReport, InterfaceTypes } from 'plugboard'
import { type SuiteOf, suiteRun } from './run-suite.ts'
import type { SuiteOptions } from './suite-options.ts'

/** What a test runner gives to a test: that of vitest and that of node:test do. */
export interface TestContext {
  skip(reason?: string): void
}

/** How a suite becomes tests. */
export interface ContractSuiteOptions extends SuiteOptions {
  /** The function of the test runner that declares a test: `test` of vitest, or of node:test. */
  readonly test: (name: string, run: (context: TestContext) => Promise<void>) => unknown
  /**
   * The file of the report that travels with the package. A test compares it, but for its date, and says how to write it.
   * It is written where the environment variable `PLUGBOARD_REPORTS` is `write`.
   */
  readonly report?: URL
}

/**
 * Declares a test for each promise of an interface, which fails, is skipped with the reason, or passes as it does.
 * @throws {PlugboardError} with the code `binding_interface` or `binding_version`, if the integration does not implement the interface.
 */
export function contractSuite<I extends InterfaceTypes>(suite: SuiteOf<I>, options: ContractSuiteOptions): void {
  const { test, report: file } = options
  const run = suiteRun(suite, options)
  for (const check of run.checks)
    test(`${check.name}: ${check.title}`, async (context) => conclude(await run.result(check), context))
  test('options: what is said to the suite is of a check or of the interface, and has a date', async () => {
    const strays = run.strays()
    if (strays.length > 0) throw new Error(strays.map(({ check, reason }) => `${check}: ${reason}`).join('\n'))
  })
  if (file) test('report: the file is what the suite finds out', async () => compare(await run.report(), file))
}

function conclude({ outcome, reason, deviation }: CheckResult, context: TestContext): void {
  if (outcome === 'failed') throw new Error(reason)
  if (outcome === 'skipped') context.skip(reason)
  if (outcome === 'deviates') context.skip(`known to fail until ${deviation?.until}: ${deviation?.reason}`)
}

async function compare(report: ConformanceReport, file: URL): Promise<void> {
  if (process.env['PLUGBOARD_REPORTS'] === 'write') {
    await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
    return
  }
  const written = await readFile(file, 'utf8').then(
    (text): unknown => JSON.parse(text),
    () => undefined,
  )
  const difference = differenceOf(written as ConformanceReport | undefined, report)
  if (difference === undefined) return
  throw new Error(
    `${file.pathname} is not what the suite finds out: ${difference}. Run the test with PLUGBOARD_REPORTS=write, which writes it.`,
  )
}

/** Where a report that was written differs first from what is found out now. */
function differenceOf(written: ConformanceReport | undefined, found: ConformanceReport): string | undefined {
  const undated = (one: ConformanceReport | undefined) => ({ ...one, date: '' })
  if (isDeepStrictEqual(undated(written), undated(found))) return undefined
  if (written === undefined) return 'there is none that can be read'
  const checks = new Map((written.checks ?? []).map((one) => [one.check, one]))
  const other = found.checks.find((one) => !isDeepStrictEqual(checks.get(one.check), one))
  if (other) return `'${other.check}' was ${checks.get(other.check)?.outcome ?? 'not checked'}, and is ${other.outcome}`
  const gone = [...checks.keys()].find((name) => !found.checks.some(({ check }) => check === name))
  return gone === undefined ? 'it says otherwise what was checked' : `there is no check '${gone}' any more`
}
