import { spawnSync } from 'node:child_process'
import { delimiter, dirname, resolve } from 'node:path'

const binaries = resolve(import.meta.dirname, '../node_modules/.bin')

/** How a command ended. Its output is what it printed to both streams. */
export interface Outcome {
  code: number
  output: string
}

/**
 * Runs a command of the development dependencies, or one of the machine, to its end. It finds the Node that runs this
 * script first. `timeout` is in milliseconds; by default it may take as long as it likes.
 */
export function run(command: string, flags: string[], folder: string, timeout?: number): Outcome {
  const path = [dirname(process.execPath), binaries, process.env['PATH']].join(delimiter)
  const { status, stdout, stderr, error } = spawnSync(command, flags, {
    cwd: folder,
    env: { ...process.env, PATH: path, NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout,
  })
  return { code: status ?? 1, output: `${stdout}${stderr}${error ? error.message : ''}`.trim() }
}
