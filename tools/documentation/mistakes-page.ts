import { dirname } from 'node:path'
import type { Moment, Refusal } from '../rehearsal/rehearse.ts'

/** A file of `type-tests/mistakes`, and what happens when it runs. */
export interface TriedMistake {
  /** Relative to `type-tests/mistakes`; its folder is the concept. */
  path: string
  source: string
  /** Undefined where only types refuse it. */
  refusal: Refusal | undefined
}

/** The concepts in the order in which an author meets them, with what each is about. */
const concepts: Record<string, string> = {
  definitions: 'Declaring an interface, an integration, a plugin or a bot',
  entities: 'Mapping the entities of an interface',
  members: 'Renaming the members of an interface, and own ones of the same name',
  needs: 'Saying what a plugin needs',
  installations: 'Installing and configuring',
  bindings: 'Binding needs to integrations',
  tools: 'Giving actions as tools',
  integrations: 'Implementing an integration',
  'plugins-and-bots': 'Implementing a plugin or a bot',
  calls: 'Calling actions',
  tables: 'Keeping rows in tables',
  workflows: 'Running workflows',
  forgery: 'Making up entities',
}

const moments: Moment[] = ['definition', 'start', 'call']

/**
 * The page of all mistakes, a table for each concept.
 * @throws {Error} for a mistake in a folder that is no concept.
 */
export function mistakesPage(mistakes: readonly TriedMistake[]): string {
  const stray = mistakes.find(({ path }) => !Object.hasOwn(concepts, dirname(path)))
  if (stray) throw new Error(`${stray.path} is in no folder of a concept: ${Object.keys(concepts).join(', ')}`)
  const groups = Object.entries(concepts).map(([folder, title]) => ({
    title,
    members: mistakes.filter(({ path }) => dirname(path) === folder),
  }))
  return `# What is refused

Each row is a file in \`type-tests/mistakes\` that does one thing wrong. It is compiled, by two compilers, and must be answered by the sentence in the second column. Then its types are stripped and it runs regardless, in a bot in which everything else is right; the last columns are what happened:

- **definition**: refused while it is declared, before there is a bot.
- **start**: refused when the bot is composed and started; nothing runs then.
- **call**: refused when the running bot does it: a request, an action, a message, an event.
- **types only**: nothing is refused. The value fits its schema, or is nowhere checked because nothing depends on it.

\`npm run test:types:said\` fails where a file does not do what its first lines say.

| concept | mistakes | definition | start | call | types only |
|---|---:|---:|---:|---:|---:|
${groups.map(({ title, members }) => summary(`[${title}](#${anchorOf(title)})`, members)).join('\n')}
${summary('**all**', mistakes)}
${groups.map(({ title, members }) => section(title, members)).join('')}`
}

function summary(title: string, mistakes: readonly TriedMistake[]): string {
  const counts = [...moments, undefined].map(
    (moment) => mistakes.filter(({ refusal }) => refusal?.moment === moment).length,
  )
  return `| ${[title, mistakes.length, ...counts].join(' | ')} |`
}

function section(title: string, mistakes: readonly TriedMistake[]): string {
  return `
## ${title}

| mistake | the compiler says | caught at | code | message |
|---|---|---|---|---|
${mistakes.map((mistake) => row(mistake)).join('\n')}
`
}

function row({ path, source, refusal }: TriedMistake): string {
  const read = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map(([, text = '']) => text.trim())
  const [what = path] = read(/@ts-expect-error (.+)$/gm)
  return `| ${[
    `[${cell(what)}](../type-tests/mistakes/${path})`,
    read(/^\/\/ expected: (.+)$/gm)
      .map(code)
      .join('<br>'),
    refusal?.moment ?? 'types only',
    refusal?.codes.map(code).join('<br>') ?? '',
    refusal?.messages.map(code).join('<br>') ?? '',
  ].join(' | ')} |`
}

/** In a table a bar ends a cell, in code too. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A span of code; the fence is longer than any inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${space}${cell(text)}${space}${fence}`
}

/** The anchor that is made of a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
