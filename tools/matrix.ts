/**
 * Runs every integration against the suite of every interface that it claims, and every plugin with every integration that
 * meets its needs; prints what became of each pair, fails if one fails, and writes `docs/matrix.md`. With `--check` it fails
 * if that is not what the page says; with names of integrations it runs these alone, and leaves the page.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SetUp } from 'plugboard/testing'
import { linesOf, pageOf, summaryOf } from './matrix/page.ts'
import { failureOf, type Pair, skippedPair, triedPair } from './matrix/pair.ts'
import { findIntegrations, findPlugins, type IntegrationPart } from './matrix/parts.ts'
import { pluginPairs } from './matrix/plugin-pairs.ts'
import { nameOf, suitePairs } from './matrix/suite-pairs.ts'
import { root } from './packages.ts'

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true })
const integrations = await findIntegrations()
const plugins = await findPlugins()
const unknown = positionals.filter((name) => !integrations.some((one) => one.name === name))
if (unknown.length > 0) throw new Error(`There is no integration ${unknown.join(', ')}.`)

const suites: Pair[] = []
const tried: Pair[] = []
for (const part of integrations) {
  if (positionals.length > 0 && !positionals.includes(part.name)) continue
  const { held, used } = await pairsOf(part)
  suites.push(...held)
  tried.push(...used)
  for (const line of [...held, ...used].flatMap(linesOf)) console.log(line)
}
tried.sort((a, b) => a.other.localeCompare(b.other, 'en') || a.integration.localeCompare(b.integration, 'en'))

const pairs = [...suites, ...tried]
if (positionals.length === 0) keepPage(pageOf(suites, tried))
if (pairs.some(({ outcome }) => outcome === 'fail')) process.exitCode = 1
console.log(summaryOf(pairs))

/** What becomes of an integration with the interfaces that it claims, and with the plugins. */
async function pairsOf(part: IntegrationPart): Promise<{ held: Pair[]; used: Pair[] }> {
  const { name, interfaces, setUp } = part
  let started: SetUp | undefined
  const reason = setUp
    ? await failureOf(async () => {
        started = await setUp()
      })
    : undefined
  try {
    if (started)
      return { held: await suitePairs(name, interfaces, started), used: await pluginPairs(part, plugins, started) }
    const held = interfaces.map((one) => {
      const checks = [{ check: 'set-up', title: 'it starts', outcome: 'failed' as const, reason }]
      return setUp ? triedPair(name, nameOf(one), checks) : skippedPair(name, nameOf(one), 'no set-up')
    })
    return { held, used: await pluginPairs(part, plugins, undefined) }
  } finally {
    await started?.stop()
  }
}

function keepPage(page: string): void {
  const file = resolve(root, 'docs/matrix.md')
  if (!values.check) writeFileSync(file, page)
  else if (readFileSync(file, 'utf8') !== page) {
    console.error('docs/matrix.md is not what the matrix says. Run npm run matrix.')
    process.exitCode = 1
  }
}
