/** A fenced block of a Markdown text. Lines count from 0. */
export interface Fence {
  /** What follows the opening fence, such as `ts`. */
  info: string
  /** The lines of the opening and of the closing fence. */
  opens: number
  closes: number
  /** The file and region that the comment before it names: `<!-- snippet: docs/examples/first.ts#define -->`. */
  snippet?: { file: string; region?: string }
}

/** The fences of a text, outermost only: what stands inside a fence is text. */
export function findFences(lines: string[]): Fence[] {
  const fences: Fence[] = []
  let open: { mark: string; info: string; opens: number } | undefined
  for (const [index, line] of lines.entries()) {
    if (open === undefined) {
      const [, mark, info] = /^\s*(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? []
      if (mark !== undefined) open = { mark, info: info ?? '', opens: index }
    } else if (new RegExp(`^\\s*${open.mark}[${open.mark[0]}]*\\s*$`).test(line)) {
      const { info, opens } = open
      const snippet = readComment(lines.slice(0, opens).findLast((before) => before.trim() !== ''))
      fences.push(snippet ? { info, opens, closes: index, snippet } : { info, opens, closes: index })
      open = undefined
    }
  }
  return fences
}

/** The lines outside of fences that name a snippet, and have no fence below them to hold it. */
export function bareComments(lines: string[], fences: readonly Fence[]): number[] {
  return lines.flatMap((line, index) => {
    if (!readComment(line) || fences.some(({ opens, closes }) => opens < index && index < closes)) return []
    const next = lines.findIndex((below, at) => at > index && below.trim() !== '')
    return fences.some(({ opens }) => opens === next) ? [] : [index]
  })
}

function readComment(line = ''): Fence['snippet'] {
  const [, file, region] = /^<!-- snippet: ([^\s#]+)(?:#(\S+))? -->$/.exec(line.trim()) ?? []
  if (file === undefined) return undefined
  return region === undefined ? { file } : { file, region }
}
