/**
 * What neither `tsd` nor `tsc` tells of the type tests: that each asserts something, that each mistake is answered by
 * the sentence that its file promises, and that it ends with the code that its file promises when it runs regardless.
 */
import { glob, readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { compareCode } from './rehearsal/promised-code.ts'
import { rehearseFiles } from './rehearsal/rehearse-files.ts'
import { countAssertions } from './type-tests/assertions.ts'
import { createCompiler } from './type-tests/compiler.ts'
import { checkMistakes } from './type-tests/mistakes.ts'

const root = resolve(import.meta.dirname, '..')
const folder = resolve(root, 'type-tests')
const sources: Record<string, string> = {}
for await (const path of glob('**/*.test-d.ts', { cwd: folder })) {
  sources[resolve(folder, path)] = await readFile(resolve(folder, path), 'utf8')
}
const paths = Object.keys(sources).toSorted()

const faults: string[] = []
if (paths.length === 0) faults.push('there is no type test')
let assertions = 0
for (const path of paths) {
  const count = countAssertions(sources[path] ?? '')
  assertions += count
  if (count === 0) faults.push(`${relative(root, path)}: it asserts nothing`)
}

const wrong = Object.fromEntries(
  Object.entries(sources).filter(([path]) => path.startsWith(resolve(folder, 'mistakes/'))),
)
const mistakes = checkMistakes(createCompiler(), wrong).toSorted((a, b) => (a.path < b.path ? -1 : 1))
for (const mistake of mistakes) {
  for (const fault of mistake.faults) faults.push(`${relative(root, mistake.path)}: ${fault}`)
  if (mistake.faults.length > 0)
    faults.push(...mistake.messages.map((message) => indent(`the compiler says: ${message}`)))
}

for (const [path, refusal] of await rehearseFiles(Object.keys(wrong))) {
  for (const fault of compareCode(sources[path] ?? '', refusal)) faults.push(`${relative(root, path)}: ${fault}`)
}

for (const fault of faults) console.error(fault)
console.log(
  `${paths.length} type tests, ${assertions} assertions, ${mistakes.length} mistakes, ${faults.length} faults`,
)
process.exitCode = faults.length > 0 ? 1 : 0

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ')
}
