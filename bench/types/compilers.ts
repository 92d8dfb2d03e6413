import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bench } from '../measure/machine.ts'

/** What checking a project cost. */
export type Cost = { instantiations: number; milliseconds: number }

/** A compiler that checks a project in a fresh process. It throws if the project has an error, for then nothing was measured. */
export type Compiler = {
  name: string
  /** How often to measure: the counts are the same every time, only the time is not. */
  rounds: number
  check: (project: string) => Cost
}

export const compilers: readonly Compiler[] = [
  { name: 'TypeScript 5.9', rounds: 3, check: checkByInterface },
  { name: 'TypeScript 7', rounds: 3, check: checkByCommand },
]

function checkByInterface(project: string): Cost {
  const output = run(process.execPath, [join(bench, 'types/compile.ts'), project])
  const { errors, ...cost } = JSON.parse(output) as Cost & { errors: string[] }
  if (errors.length > 0) throw new Error(`TypeScript 5.9 refuses the project:\n${errors.slice(0, 5).join('\n')}`)
  return cost
}

// One thread, for several share out the files by chance and count what they instantiate twice.
function checkByCommand(project: string): Cost {
  const command = join(bench, 'node_modules/typescript-7/bin/tsc')
  const output = run(process.execPath, [
    command,
    '--project',
    project,
    '--extendedDiagnostics',
    '--singleThreaded',
    '--pretty',
    'false',
  ])
  return { instantiations: figure(output, 'Instantiations'), milliseconds: figure(output, 'Check time') * 1_000 }
}

function figure(output: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+([\\d.]+)s?$`, 'm').exec(output)?.[1]
  if (found === undefined) throw new Error(`The compiler gave no '${name}':\n${output}`)
  return Number(found)
}

function run(command: string, parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`The compiler failed:\n${stdout.slice(0, 4_000)}${stderr.slice(0, 4_000)}`)
  return stdout
}
