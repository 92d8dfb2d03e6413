import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bench, built, subject } from '../measure/machine.ts'
import { median } from '../measure/rounds.ts'
import { number, table, verdict } from '../measure/table.ts'
import { bundleSize } from './bundle-size.ts'
import { imported, importTimes, pairedRatio } from './import-time.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 5 : 21

const aims = { importing: 1.5, kilobytes: 25 }
const composed = { integrations: 100, plugins: 50 }

console.log('## Start\n')

const times = importTimes(imported, rounds)
const againstZod = pairedRatio(times.plugboard, times.zod)
console.log(`Import in a fresh process, the median of ${rounds}, in turn.\n`)
console.log(
  `${table(
    ['import', 'ms', 'to zod', 'to plugboard', 'aim', ''],
    [
      [imported.zod.name, milliseconds(times.zod), '1', number(pairedRatio(times.zod, times.plugboard)), '', ''],
      [
        subject,
        milliseconds(times.plugboard),
        number(againstZod),
        '1',
        `at most ${aims.importing} × zod`,
        verdict(againstZod <= aims.importing),
      ],
      [
        imported.botpress.name,
        milliseconds(times.botpress),
        number(pairedRatio(times.botpress, times.zod)),
        number(pairedRatio(times.botpress, times.plugboard)),
        '',
        '',
      ],
    ],
  )}\n`,
)

const composing = compositions(quick ? 3 : 11)
console.log(
  `A bot of ${composed.integrations} integrations and ${composed.plugins} plugins, each bound to one, composed in a fresh process.\n`,
)
console.log(
  `${table(
    ['step', 'ms'],
    Object.entries(composing).map(([step, taken]) => [step, milliseconds(taken)]),
  )}\n`,
)

const entry = `export * from 'plugboard'`
const core = await bundleSize(entry)
const kilobytes = core.gzip / 1_000
console.log(
  'The core in one file, minified, without zod. What a package takes compressed is what leaving it out saves.\n',
)
console.log(
  `${table(
    ['bundle', 'minified, kB', 'gzip, kB', 'aim', ''],
    [
      [
        subject,
        number(core.minified / 1_000, 1),
        number(kilobytes, 1),
        `${aims.kilobytes} kB gzip`,
        verdict(kilobytes <= aims.kilobytes),
      ],
      ...(await Promise.all([...core.parts].map(([name, bytes]) => part(name, bytes)))),
    ],
  )}\n`,
)

/** The row of a package in the bundle. */
async function part(name: string, bytes: number): Promise<string[]> {
  const others = [...core.parts.keys()].filter((other) => other !== 'plugboard')
  const saved =
    name === 'plugboard' ? (await bundleSize(entry, others)).gzip : core.gzip - (await bundleSize(entry, [name])).gzip
  return [`of which ${name}`, number(bytes / 1_000, 1), number(saved / 1_000, 1), '', '']
}

function milliseconds(values: readonly number[]): string {
  return number(median(values), 1)
}

/** Composes in fresh processes and gives what each step took, in milliseconds. */
function compositions(count: number): Record<string, number[]> {
  const steps: Record<string, number[]> = {}
  const conditions = built ? [] : ['--conditions', '@plugboard/source']
  const sizes = [composed.integrations, composed.plugins].map(String)
  for (let round = 0; round < count; round++) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...conditions, join(bench, 'start/plugboard.ts'), ...sizes],
      { encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(`The bot cannot be composed:\n${stderr}`)
    for (const [step, taken] of Object.entries(JSON.parse(stdout) as Record<string, number>))
      (steps[step] ??= []).push(taken)
  }
  return steps
}
