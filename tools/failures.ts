/**
 * Fills the table of `docs/failures.md`: which test and which report show what an integration makes of each failure. With
 * `--check`, fails if the page is not what there is. Either way it fails where a test is gone, or nothing shows a failure.
 */
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { evidence } from './documentation/failure-evidence.ts'
import { failuresTable, type ReadReport } from './documentation/failures-table.ts'
import { root } from './packages.ts'

const file = resolve(root, 'docs/failures.md')
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8')
const integrations = readdirSync(resolve(root, 'integrations'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()
  .map((name) => ({ name, evidence: evidence[name] ?? {}, reports: reportsOf(name) }))

const before = readFileSync(file, 'utf8')
const table = failuresTable(integrations, read)
const page = before.replace(
  /(<!-- failures -->).*?(<!-- \/failures -->)/s,
  (_, opening: string, closing: string) => `${opening}\n\n${table}\n\n${closing}`,
)
if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (before !== page) {
  console.error('docs/failures.md is not what the tests and reports show. Run npm run docs:failures.')
  process.exitCode = 1
}

function reportsOf(name: string): ReadReport[] {
  const folder = resolve(root, 'integrations', name)
  return globSync('{conformance/*,conformance,*.conformance}.json', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ file: path, checks: (JSON.parse(read(`integrations/${name}/${path}`)) as ReadReport).checks }))
}
