import type { CheckResult } from 'plugboard'

/** What became of two parts that fit by contract. */
export interface Pair {
  readonly integration: string
  /** The interface or plugin that it was tried with. */
  readonly other: string
  readonly outcome: 'pass' | 'fail' | 'skipped'
  /** Why it failed or was skipped, a line for each. */
  readonly reasons: readonly string[]
  /** How many checks passed, and how many of them could not be made. */
  readonly passed: number
  readonly skipped: number
  /** The checks that are known to fail, each once. */
  readonly deviations: readonly CheckResult[]
}

const nothing = { reasons: [], passed: 0, skipped: 0, deviations: [] }

/** A pair that was not tried. */
export const skippedPair = (integration: string, other: string, reason: string): Pair => ({
  ...nothing,
  integration,
  other,
  outcome: 'skipped',
  reasons: [reason],
})

/** A pair that was tried, and what it made of the checks. */
export function triedPair(integration: string, other: string, checks: readonly CheckResult[]): Pair {
  const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome)
  const reasons = of('failed').map(({ check, reason }) => `${check}: ${reason}`)
  return {
    integration,
    other,
    outcome: reasons.length > 0 ? 'fail' : 'pass',
    reasons,
    passed: of('passed').length,
    skipped: of('skipped').length,
    deviations: [...new Map(of('deviates').map((one) => [one.check, one])).values()],
  }
}

/** The reason for which something fails; undefined where it does not. Whoever hangs fails after a while. */
export async function failureOf(run: () => Promise<void>): Promise<string | undefined> {
  const limit = 120_000
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, limit, new Error(`it does not end within ${limit / 1000} seconds`))
  })
  try {
    await Promise.race([run(), late])
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}
