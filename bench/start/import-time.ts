import { spawnSync } from 'node:child_process'
import { bench, root } from '../measure/machine.ts'
import { median } from '../measure/rounds.ts'

/** What is imported, and the folder from which it is found. */
export type Imported = { name: string; specifier: string; from: string }

export const imported = {
  zod: { name: 'zod', specifier: 'zod', from: root },
  plugboard: { name: 'plugboard', specifier: 'plugboard', from: root },
  runtime: { name: 'plugboard/runtime', specifier: 'plugboard/runtime', from: root },
  botpress: { name: '@botpress/sdk', specifier: '@botpress/sdk', from: bench },
} satisfies Record<string, Imported>

const script = `
  const start = performance.now()
  await import(process.argv[1])
  console.log(performance.now() - start)
`

/** How long each takes to import, in milliseconds: the median over fresh processes, one of each in turn. */
export function importTimes<K extends string>(subjects: Record<K, Imported>, rounds: number): Record<K, number[]> {
  const names = Object.keys(subjects) as K[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, number[]>
  // The first round fills the caches of the file system and does not count.
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const milliseconds = importOnce(subjects[name])
      if (round >= 0) times[name].push(milliseconds)
    }
  }
  return times
}

/** How many times as long `one` took as `other`: the median over the rounds of the ratio within a round. */
export const pairedRatio = (one: readonly number[], other: readonly number[]): number =>
  median(one.map((milliseconds, round) => milliseconds / (other[round] ?? Number.NaN)))

function importOnce({ specifier, from }: Imported): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script, specifier], {
    cwd: from,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`'${specifier}' cannot be imported:\n${stderr}`)
  return Number(stdout)
}
