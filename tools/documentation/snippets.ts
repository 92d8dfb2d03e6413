import { bareComments, findFences } from './fences.ts'
import { readRegion } from './region.ts'

/** A Markdown text whose snippets are as their sources say, and what stood in the way. */
export interface Filled {
  text: string
  faults: string[]
}

/**
 * Fills every fence that names its source. `read` gives the text of a file of the repository, or undefined where there
 * is none. A `ts` fence that names no source is a fault, unless `loose`: code that nothing runs is soon wrong. So is a name
 * with no fence below it.
 */
export function fillSnippets(
  markdown: string,
  read: (file: string) => string | undefined,
  { loose = false }: { loose?: boolean } = {},
): Filled {
  const lines = markdown.split('\n')
  const faults: string[] = []
  const fences = findFences(lines)
  const bare = bareComments(lines, fences).map(
    (index) => `line ${index + 1}: the snippet has no fence below it, \`\`\`ts`,
  )
  for (const { info, opens, closes, snippet } of fences.toReversed()) {
    const line = `line ${opens + 1}`
    if (snippet) {
      const source = read(snippet.file)
      const code = source === undefined ? undefined : readRegion(source, snippet.region)
      if (source === undefined) faults.unshift(`${line}: there is no file ${snippet.file}`)
      else if (code === undefined) faults.unshift(`${line}: ${snippet.file} has no region "${snippet.region}"`)
      else lines.splice(opens + 1, closes - opens - 1, ...code.split('\n'))
    } else if (!loose && /^(ts|typescript|js|javascript)\b/.test(info)) {
      faults.unshift(`${line}: the code has no comment <!-- snippet: docs/examples/… --> before it`)
    }
  }
  return { text: lines.join('\n'), faults: [...bare, ...faults] }
}
