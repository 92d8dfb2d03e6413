import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bench } from '../measure/machine.ts'
import type { Sources } from './scenario.ts'

/** Where the compiled projects are written; inside this folder, so that they find the packages that they import. */
const generated = join(bench, '.generated')

const options = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable', 'esnext.disposable'],
  module: 'nodenext',
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  types: ['node'],
}

/** Writes a project and gives the path of its `tsconfig.json`. */
export function writeProject(name: string, sources: Sources): string {
  const folder = join(generated, name)
  const project = join(folder, 'tsconfig.json')
  rmSync(folder, { recursive: true, force: true })
  for (const [path, content] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  writeFileSync(project, JSON.stringify({ compilerOptions: options, include: ['**/*.ts'] }))
  return project
}

/** Removes every project that was written. */
export const removeProjects = (): void => rmSync(generated, { recursive: true, force: true })
