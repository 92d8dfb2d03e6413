/** Writes `interfaces/README.md` from the interfaces themselves; with `--check`, fails if it is not what they say. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { InterfaceDefinition } from 'plugboard'
import { root } from './packages.ts'

const folder = resolve(root, 'interfaces')
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()

const sections = ['entities', 'actions', 'events', 'channels'] as const
const rows: string[] = []
for (const name of names) {
  const { default: definition } = (await import(`plugboard/interfaces/${name}`)) as { default: InterfaceDefinition }
  if (definition.name !== name) throw new Error(`interfaces/${name} calls itself '${definition.name}'`)
  const cells = [
    `[\`${name}\`](${name}/README.md)`,
    definition.version + (definition.experimental ? ', experimental' : ''),
    ...sections.map((section) => quoted(membersOf(definition, section))),
    quoted(Object.keys(definition.capabilities)),
  ]
  rows.push(`| ${cells.join(' | ')} |`)
}

const page = `# Interfaces

What integrations can implement and plugins can need. Each is imported by its name, \`plugboard/interfaces/llm\`, and its page says what whoever implements it promises. One that is experimental is implemented by too few to know that its shape holds: it may change with any version. Capabilities are optional powers, which an integration claims and a need can demand.

| interface | version | entities | actions | events | channels | capabilities |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`

const file = resolve(folder, 'README.md')
if (!process.argv.includes('--check')) writeFileSync(file, page)
else if (readFileSync(file, 'utf8') !== page) {
  console.error('interfaces/README.md is not what the interfaces say. Run npm run docs:interfaces.')
  process.exitCode = 1
}

/** The names of an interface's members, with those of the interfaces that it builds on. */
function membersOf({ members, extensions }: InterfaceDefinition, section: (typeof sections)[number]): string[] {
  const inherited = section === 'entities' ? [] : extensions.flatMap(({ base }) => membersOf(base, section))
  return [...new Set([...inherited, ...Object.keys(members[section])])]
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ')
}
