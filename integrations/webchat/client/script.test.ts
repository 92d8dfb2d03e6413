import { readFile, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { clientScript } from './script.ts'

/** The modules of the client, each after those that it imports. No two may have a thing of one name. */
const modules = ['kept.ts', 'transport.ts', 'frames.ts', 'index.ts']

/** A module without its types, comments, imports and exports, which stands in another script. */
function scriptOf(source: string): string {
  return stripTypeScriptTypes(source)
    .replaceAll(/^ *\/\*\*[\s\S]*?\*\/ *$/gm, '')
    .replaceAll(/^ *\/\/.*$/gm, '')
    .replaceAll(/(?<=\S) {2,}/g, ' ')
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^export /gm, '')
    .replaceAll(/ +$/gm, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()
}

const fileOf = (script: string): string => `/**
 * The client as browsers run it, for the page: the modules beside this file without their types. Written by the test beside this file with
 * \`PLUGBOARD_SCRIPTS=write\`; without, that fails where this is not what it says.
 */
export const clientScript = \`
${script.replaceAll(/[\\`]|\$\{/g, '\\$&')}
\`
`

it('is the client without its types', async () => {
  const file = new URL('script.ts', import.meta.url)
  const sources = await Promise.all(modules.map((name) => readFile(new URL(name, import.meta.url), 'utf8')))
  const wanted = fileOf(sources.map(scriptOf).join('\n'))
  if (process.env['PLUGBOARD_SCRIPTS'] === 'write') await writeFile(file, wanted)
  // Not shown what differs: it is a long text.
  expect((await readFile(file, 'utf8')) === wanted).toBe(true)
  expect(() => new Script(clientScript)).not.toThrow()
})

it('has nothing in it that ends the script of the page', () => {
  expect(/<\/script|<!--|\u2028|\u2029/i.test(clientScript)).toBe(false)
})
