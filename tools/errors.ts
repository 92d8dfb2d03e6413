/**
 * Writes `docs/errors.md` from the list of codes; with `--check`, fails if it is not what the list says, or if a code is
 * used nowhere.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { errorCodes } from '../src/errors/codes.ts'
import { root } from './packages.ts'

const file = resolve(root, 'docs/errors.md')
const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |`)
const page = `# Errors

Every error of Plugboard is a \`PlugboardError\`: \`code\` is stable, \`retryable\` and \`retryAfter\` (milliseconds) say whether and when to try again, \`where\` names the parts, \`cause\` is what was thrown below. \`DefinitionError\` and \`CompositionError\` give everything that is wrong at once in \`problems\`, each with a code, a path and a remedy. In code this list is \`errorCodes\` of \`plugboard/errors\`.

| code | meaning and remedy |
|---|---|
${rows.join('\n')}
`

const sources = globSync('{src,plugins,interfaces,integrations}/**/*.ts', {
  cwd: root,
  exclude: (path) => /node_modules|dist|\.test\.ts$|errors\/codes\.ts$/.test(path),
})
  .map((path) => readFileSync(resolve(root, path), 'utf8'))
  .join('\n')
const unused = Object.keys(errorCodes).filter((code) => !sources.includes(`'${code}'`))
if (unused.length > 0) {
  console.error(`No source gives the codes ${unused.join(', ')}.`)
  process.exitCode = 1
}
if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (readFileSync(file, 'utf8') !== page) {
  console.error('docs/errors.md is not what src/errors/codes.ts says. Run npm run docs:errors.')
  process.exitCode = 1
}
