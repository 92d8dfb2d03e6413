/**
 * Measures what the cases of `type-tests/cost/cases.ts` cost the type checker and compares it with what is pinned in
 * `type-tests/cost/pinned.json`. `--update` pins what is measured.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cases } from '../type-tests/cost/cases.ts'
import { createCompiler } from './type-tests/compiler.ts'
import { comparePins, measureCosts, type Pins } from './type-tests/cost.ts'

const folder = resolve(import.meta.dirname, '../type-tests/cost')
const pinned = resolve(folder, 'pinned.json')
const costs = measureCosts(createCompiler(), folder, cases)

console.log('| case | one | each further |\n| --- | ---: | ---: |')
for (const { name, first, marginal } of costs) console.log(`| ${name} | ${first} | ${marginal} |`)

const faults = costs.flatMap((cost) => cost.faults.map((fault) => `${cost.name}: ${fault}`))
if (process.argv.includes('--update')) {
  const pins: Pins = Object.fromEntries(costs.map(({ name, marginal }) => [name, marginal]))
  if (faults.length === 0) await writeFile(pinned, `${JSON.stringify(pins, null, 2)}\n`)
} else {
  const pins: Pins = JSON.parse(await readFile(pinned, 'utf8'))
  const moved = comparePins(costs, pins)
  faults.push(...moved)
  if (moved.length > 0) console.error('If that is meant: npm run test:cost -- --update')
}

for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
