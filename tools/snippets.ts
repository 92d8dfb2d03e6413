/**
 * Fills the code of the documentation from the examples that are compiled and run, and refuses code that comes from
 * none; fills lists of packages from their folders. `--check` writes nothing and fails where something would change.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fillPackageLists } from './documentation/package-lists.ts'
import { fillSnippets } from './documentation/snippets.ts'
import { root } from './packages.ts'
import { run } from './run.ts'

const checking = process.argv.includes('--check')
const { output } = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], root)
const pages = output.split('\n').filter((page) => page !== '' && existsSync(resolve(root, page)))
const faults: string[] = []

for (const page of pages) {
  const path = resolve(root, page)
  const before = readFileSync(path, 'utf8')
  const { text: filled, faults: found } = fillSnippets(before, read, { loose: isLoose(page) })
  const text = fillPackageLists(filled, namesIn)
  faults.push(...found.map((fault) => `${page}, ${fault}`))
  if (text === before) continue
  if (checking)
    faults.push(
      `${page}: a snippet is not as its example says, or a list of packages not as its folder is; run npm run docs:snippets`,
    )
  else writeFileSync(path, text)
}

for (const fault of faults) console.error(fault)
console.log(`${pages.length} pages, ${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0

/** Decisions show what was tried and left; change logs show what was. */
function isLoose(page: string): boolean {
  return page.startsWith('docs/decisions/') || page.startsWith('.changeset/') || page.endsWith('CHANGELOG.md')
}

function read(file: string): string | undefined {
  const path = resolve(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The packages of a folder, by name: those that have an entry. */
function namesIn(folder: string): string[] {
  const entries = globSync(['*/index.ts', '*/main.ts'], { cwd: resolve(root, folder) })
  return entries.map((entry) => dirname(entry)).toSorted()
}
