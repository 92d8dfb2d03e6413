import { Outline } from './outline.ts'

const frontMatter = /^---\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/
const atx = /^ {0,3}(#{1,6})(?=[ \t]|$)/
const underline = /^ {0,3}(=+|-+)[ \t]*$/
const fence = /^ {0,3}(`{3,}|~{3,})/

/** Reads Markdown by its headings. All else of it stays as it is written: models read Markdown. */
export function readMarkdown(text: string): Outline {
  const outline = new Outline()
  const [whole = '', facts = ''] = frontMatter.exec(text) ?? []
  const title = /^title:[ \t]*(.+)$/m.exec(facts)?.[1]
  if (title !== undefined) outline.name(title.replace(/^(['"])(.*)\1[ \t]*$/, '$2'))
  let open: string | undefined
  /** Lines of a paragraph, which a line of dashes would make a heading. */
  let paragraph: string[] = []
  const flush = (): void => {
    for (const line of paragraph) outline.add(`${line}\n`)
    paragraph = []
  }
  for (const line of text.slice(whole.length).split('\n')) {
    const mark = fence.exec(line)?.[1]
    if (open !== undefined) {
      outline.add(`${line}\n`)
      // A fence is closed by one of its kind that is as long, and has nothing after it.
      if (mark?.startsWith(open) && line.trim() === mark) open = undefined
      continue
    }
    const [before = '', marks] = atx.exec(line) ?? []
    const under = paragraph.length > 0 ? underline.exec(line)?.[1] : undefined
    if (mark !== undefined) {
      flush()
      open = mark
      outline.add(`${line}\n`)
    } else if (marks !== undefined) {
      flush()
      // What closes it says nothing.
      outline.heading(
        marks.length,
        line
          .slice(before.length)
          .trim()
          .replace(/(?:^|[ \t])#+$/, ''),
      )
    } else if (under !== undefined) {
      outline.heading(under.startsWith('=') ? 1 : 2, paragraph.join(' '))
      paragraph = []
    } else if (line.trim() === '' || /^(?: {4}|\t| {0,3}(?:[-*+>|]|\d+[.)]) )/.test(line)) {
      flush()
      outline.add(`${line}\n`)
    } else paragraph.push(line)
  }
  flush()
  return outline
}
