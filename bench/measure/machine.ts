import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { table } from './table.ts'

/** The folder of the benchmarks, and that of the repository. */
export const bench = join(import.meta.dirname, '..')
export const root = join(bench, '..')

/** Packages that are measured or that measure, and where they are installed. */
const packages = {
  plugboard: root,
  zod: join(root, 'node_modules/zod'),
  '@botpress/sdk': join(bench, 'node_modules/@botpress/sdk'),
  '@botpress/client': join(bench, 'node_modules/@botpress/client'),
  '@bpinternal/zui': join(bench, 'node_modules/@bpinternal/zui'),
  ai: join(bench, 'node_modules/ai'),
  'typescript (5.9)': join(bench, 'node_modules/typescript'),
  'typescript (7)': join(bench, 'node_modules/typescript-7'),
  esbuild: join(bench, 'node_modules/esbuild'),
}

const model = () => (cpus()[0]?.model ?? 'unknown processor').replaceAll(/\s+/g, ' ').trim()

/** What the figures were measured on and with, as a Markdown table. */
export const machine = (): string =>
  table(
    ['machine', 'is'],
    [
      ['processor', `${model()}, ${cpus().length} cores`],
      ['memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
      ['system', `${platform()} ${arch()}`],
      ['node', process.versions.node],
      ...Object.entries(packages).map(([name, folder]) => [name, versionIn(folder)]),
    ],
  )

/** The name of the file for this machine's results: the same machine writes over its own. */
export const resultName = (): string =>
  `${model()}-${cpus().length}-cores-node-${process.versions.node.split('.')[0]}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')

const versionIn = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
