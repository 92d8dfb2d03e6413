/**
 * Writes `docs/mistakes.md` from the type tests of mistakes: what is wrong, the sentence that the author reads, and what
 * happens when it runs regardless, which is tried. With `--check`, fails if the page is not what they say.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { mistakesPage } from './documentation/mistakes-page.ts'
import { root } from './packages.ts'
import { rehearseFiles } from './rehearsal/rehearse-files.ts'

const file = resolve(root, 'docs/mistakes.md')
const folder = resolve(root, 'type-tests/mistakes')
const paths = globSync('**/*.test-d.ts', { cwd: folder }).toSorted()
const refusals = await rehearseFiles(paths.map((path) => resolve(folder, path)))
const page = mistakesPage(
  paths.map((path) => ({
    path,
    source: readFileSync(resolve(folder, path), 'utf8'),
    refusal: refusals.get(resolve(folder, path)),
  })),
)
if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (readFileSync(file, 'utf8') !== page) {
  console.error('docs/mistakes.md is not what type-tests/mistakes says and does. Run npm run docs:mistakes.')
  process.exitCode = 1
}
