import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bench } from '../measure/machine.ts'
import { median } from '../measure/rounds.ts'
import { number, table, verdict } from '../measure/table.ts'
import { bundleTables } from './bundle-tables.ts'
import { imported, importTimes, pairedRatio } from './import-time.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 5 : 21

/** The most that importing may take, next to importing zod. */
const aim = 1.5

const composed = { integrations: 100, plugins: 50 }

console.log('## Start\n')
console.log(`Import in a fresh process, the median of ${rounds}, in turn.\n`)
console.log(`${imports()}\n`)
console.log(
  `A bot of ${composed.integrations} integrations and ${composed.plugins} plugins, each bound to one of them, in a fresh process.\n`,
)
console.log(`${compositions(quick ? 3 : 11)}\n`)
console.log('The core in one file, minified, without zod.\n')
console.log(`${await bundleTables()}\n`)

function imports(): string {
  const times = importTimes(imported, rounds)
  const toZod = pairedRatio(times.plugboard, times.zod)
  const row = (name: keyof typeof imported, label: string, ...judged: string[]) => [
    label,
    milliseconds(times[name]),
    number(pairedRatio(times[name], times.zod)),
    number(pairedRatio(times[name], times.plugboard)),
    ...judged,
  ]
  return table(
    ['import', 'ms', 'to zod', 'to plugboard', 'aim', ''],
    [
      row('zod', 'zod', '', ''),
      row('plugboard', 'plugboard', `at most ${aim} × zod`, verdict(toZod <= aim)),
      row('runtime', 'plugboard/runtime', '', ''),
      row('botpress', '@botpress/sdk', '', ''),
    ],
  )
}

/** What each step of composing takes, in milliseconds, as Markdown. */
function compositions(count: number): string {
  const steps: Record<string, number[]> = {}
  const sizes = [composed.integrations, composed.plugins].map(String)
  for (let round = 0; round < count; round++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(bench, 'start/plugboard.ts'), ...sizes], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`The bot cannot be composed:\n${stderr}`)
    for (const [step, taken] of Object.entries(JSON.parse(stdout) as Record<string, number>))
      (steps[step] ??= []).push(taken)
  }
  return table(
    ['step', 'ms'],
    Object.entries(steps).map(([step, taken]) => [step, milliseconds(taken)]),
  )
}

function milliseconds(values: readonly number[]): string {
  return number(median(values), 1)
}
