import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { machine } from './report.ts'

// Runs the proofs that are named, or all of them. `--short` runs each for a short time, as CI does; whole runs write
// their tables to `results`. `--seconds 120` has `load` last so long on each server.

const proofs = {
  kills: async (short: boolean) => {
    const { kills } = await import('./kills.ts')
    return kills(short ? { embedded: 5, workers: 4, postgres: 2 } : { embedded: 100, workers: 100, postgres: 20 })
  },
  recovery: async (short: boolean) => {
    const { recovery } = await import('./recovery.ts')
    return recovery(short ? { runs: 1, outage: 2000 } : { runs: 20, outage: 30_000 })
  },
  load: async (short: boolean, seconds = short ? 0.5 : 600) => {
    const { load } = await import('./load.ts')
    const less = { stored: [100, 1000], messages: 100, rounds: 1, inserts: 500 }
    const all = { stored: [100, 10_000, 1_000_000], messages: 3000, rounds: 5, inserts: 20_000 }
    return load({ seconds, comparisonSeconds: Math.min(seconds, 60), atOnce: 32, ...(short ? less : all) })
  },
  'bad-input': async (short: boolean) => {
    const { badInput } = await import('./bad-input.ts')
    return badInput(short ? 3000 : 100_000)
  },
} satisfies Record<string, (short: boolean, seconds?: number) => Promise<{ text: string; passed: boolean }>>

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, seconds: { type: 'string' } },
})
const names = positionals.length > 0 ? positionals : Object.keys(proofs)
for (const name of names) {
  if (!Object.hasOwn(proofs, name))
    throw new Error(`There is no proof ${name}; there are ${Object.keys(proofs).join(', ')}.`)
  const proof: (short: boolean, seconds?: number) => Promise<{ text: string; passed: boolean }> =
    proofs[name as keyof typeof proofs]
  const { text, passed } = await proof(values.short, values.seconds === undefined ? undefined : Number(values.seconds))
  process.stdout.write(`\n## ${name}\n\n${text}\n\n`)
  if (!passed) process.exitCode = 1
  if (values.short) continue
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.md`), `# ${name}\n\n${machine()}\n\n${text}\n`)
}
