/**
 * Writes `docs/mistakes.md` from the type tests of mistakes: what is wrong, the sentence that the author reads, and the
 * code under which the same is refused at run time. With `--check`, fails if the page is not what they say.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { root } from './packages.ts'

const file = resolve(root, 'docs/mistakes.md')
const folder = resolve(root, 'type-tests/mistakes')
const rows = globSync('**/*.test-d.ts', { cwd: folder })
  .toSorted()
  .map((path) => {
    const source = readFileSync(resolve(folder, path), 'utf8')
    const read = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map(([, text = '']) => text.trim())
    const expected = read(/^\/\/ expected: (.+)$/gm).map((text) => `\`${text.replaceAll('|', '\\|')}\``)
    const [code] = read(/^\/\/ code: (\w+)/gm)
    const what = read(/@ts-expect-error (.+)$/gm)[0] ?? basename(path, '.test-d.ts')
    return `| ${what.replaceAll('|', '\\|')} | ${expected.join('<br>')} | ${code === undefined ? '' : `\`${code}\``} |`
  })
const page = `# What is refused

Each row is a file in \`type-tests/mistakes\`, which proves under two compilers that the mistake is refused, with this sentence. The code is that of the same refusal at run time, when the definition is made, the bot starts or the call is made; rows without one are mistakes that only types can tell.

${rows.length} mistakes.

| mistake | the compiler says | code |
|---|---|---|
${rows.join('\n')}
`
if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (readFileSync(file, 'utf8') !== page) {
  console.error('docs/mistakes.md is not what type-tests/mistakes says. Run npm run docs:mistakes.')
  process.exitCode = 1
}
