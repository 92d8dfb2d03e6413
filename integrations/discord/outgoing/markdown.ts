/** Markdown as Discord knows it: what it has no form for, such as tables and pictures, is written in one that it has. */
export function fromMarkdown(markdown: string): string {
  const written: string[] = []
  let isCode = false
  let table: string[] = []
  const endTable = (): void => {
    if (table.length > 0) written.push(...(isTable(table) ? ['```', ...table, '```'] : table.map(formatted)))
    table = []
  }
  for (const line of markdown.split(/\r?\n/)) {
    const isFence = /^ {0,3}(?:```|~~~)/.test(line)
    if (!isCode && !isFence && /^\s*\|.*\|\s*$/.test(line)) {
      table.push(line.trim())
      continue
    }
    endTable()
    written.push(isFence ? line.replace('~~~', '```') : isCode ? line : formatted(line))
    if (isFence) isCode = !isCode
  }
  endTable()
  return written.join('\n').trim()
}

const isTable = ([, second]: readonly string[]): boolean => second !== undefined && /^\|[\s:|-]+\|$/.test(second)

function formatted(line: string): string {
  if (/^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/.test(line)) return '───'
  return line
    .replace(/^ {0,3}#{4,6}\s+(.+?)\s*#*\s*$/, '**$1**')
    .replace(/!\[([^\]]*)\]\((\S+?)(?:\s+"[^"]*")?\)/g, (_, alt: string, url: string) => `[${alt || url}](${url})`)
}
