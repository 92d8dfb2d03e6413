import { readFile, writeFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { CheckResult, ConformanceReport, InterfaceTypes } from 'plugboard'
import { planOf } from './plan.ts'
import { contractOf, runSuite, type SuiteOf } from './run-suite.ts'
import { subjectOf } from './subject.ts'
import type { SuiteOptions } from './suite-options.ts'

/** What a test runner gives to a test: that of vitest and that of node:test do. */
interface TestContext {
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
  const checks = planOf(subjectOf(contractOf(suite), options))
  let running: Promise<ConformanceReport> | undefined
  const report = (): Promise<ConformanceReport> => (running ??= runSuite(suite, options))
  for (const { name, title } of checks)
    test(`${name}: ${title}`, async (context: TestContext) => {
      const { checks: results } = await report()
      conclude(results.find(({ check }) => check === name) as CheckResult, context)
    })
  test('deviations: each is of a check, and has a date', async () => {
    for (const result of (await report()).checks)
      if (result.check.startsWith('deviations/') && result.outcome === 'failed') throw new Error(result.reason)
  })
  if (file) test('report: the file is what the suite finds out', async () => compare(await report(), file))
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
  const undated = (one: unknown): object => ({ ...(one as object), date: '' })
  if (isDeepStrictEqual(undated(written), undated(report))) return
  throw new Error(`${file.pathname} is not what the suite finds out: run the test with PLUGBOARD_REPORTS=write`)
}
