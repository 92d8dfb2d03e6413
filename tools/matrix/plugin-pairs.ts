import type { CheckResult } from 'plugboard'
import type { SetUp } from 'plugboard/testing'
import { satisfies } from 'semver'
import { failureOf, type Pair, skippedPair, triedPair } from './pair.ts'
import type { IntegrationPart, PluginPart, Requirement } from './parts.ts'

/** Tries each plugin with an integration for each need that it meets. Without a set-up all of them are skipped. */
export async function pluginPairs(
  { name: integration, interfaces }: IntegrationPart,
  plugins: readonly PluginPart[],
  setUp: SetUp | undefined,
): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (const { name, needs, scenarios } of plugins)
    for (const [need, { requirements }] of Object.entries(needs)) {
      if (!requirements.every((requirement) => isMet(requirement, interfaces))) continue
      const other = Object.keys(needs).length === 1 ? name : `${name} (${need})`
      const own = scenarios.filter((scenario) => scenario.need === need)
      if (!setUp) pairs.push(skippedPair(integration, other, 'no set-up'))
      else if (own.length === 0) pairs.push(skippedPair(integration, other, 'no scenario'))
      else {
        const checks: CheckResult[] = []
        const provider =
          requirements.map((one) => setUp.providers?.[one.interface.name]).find(Boolean) ?? setUp.provider
        for (const one of [provider, ...(setUp.alternatives ?? [])])
          for (const { title, run } of own) {
            const reason = await failureOf(() => run(one))
            checks.push({ check: title, title, outcome: reason === undefined ? 'passed' : 'failed', reason })
          }
        pairs.push(triedPair(integration, other, checks))
      }
    }
  return pairs
}

const isMet = (requirement: Requirement, interfaces: IntegrationPart['interfaces']): boolean =>
  interfaces.some(
    (one) =>
      one.interface.name === requirement.interface.name &&
      satisfies(one.interface.version, requirement.version, { includePrerelease: true }) &&
      requirement.capabilities.every((capability) => one.capabilities.includes(capability)),
  )
