import { Outline } from './outline.ts'

/** What nobody reads on a page. */
const unseen = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'nav', 'select', 'button'])
/** What begins and ends a line; the others stand within one. */
const blocks = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr legend li main ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
/** What is set apart by an empty line. */
const paragraphs = new Set(['p', 'pre', 'blockquote', 'table', 'ul', 'ol', 'dl', 'figure'])

/** Reads HTML by its headings, however it is written: without markup, and without what is not shown. */
export async function readHtml(html: string): Promise<Outline> {
  const { Parser } = await import('htmlparser2')
  const outline = new Outline()
  /** How deep it is in what is not seen, and in what keeps its spaces. */
  const depth = { unseen: 0, pre: 0 }
  /** The title or heading that is being read. */
  const open: { heading: { readonly level: number; text: string } | undefined } = { heading: undefined }
  let line = ''
  const endLine = (gap = false): void => {
    const text = line.trim()
    if (text !== '') outline.add(`${text}\n`)
    if (gap) outline.add('\n')
    line = ''
  }
  const endHeading = (): void => {
    const { heading } = open
    if (heading?.level === 0) outline.name(heading.text)
    else if (heading) outline.heading(heading.level, heading.text)
    open.heading = undefined
  }
  const parser = new Parser({
    onopentag(name, { alt }) {
      if (unseen.has(name)) depth.unseen += 1
      if (depth.unseen > 0) return
      const level = levelOf(name)
      if (level !== undefined) {
        endLine()
        endHeading()
        open.heading = { level, text: '' }
      } else if (name === 'br') {
        if (open.heading) open.heading.text += ' '
        else endLine()
      } else if (name === 'img' && alt !== undefined) {
        if (open.heading) open.heading.text += alt
        else line += alt
      } else if (blocks.has(name)) {
        // Nobody closed it, and this is what stands under it.
        if (open.heading?.text.trim()) endHeading()
        endLine(paragraphs.has(name))
        if (name === 'li') line = '- '
      }
      if (name === 'pre') depth.pre += 1
    },
    ontext(text) {
      if (depth.unseen > 0) return
      if (open.heading) open.heading.text += text
      else if (depth.pre > 0) {
        outline.add(line + text)
        line = ''
      } else {
        const spaced = text.replaceAll(/\s+/g, ' ')
        line += line.endsWith(' ') && spaced.startsWith(' ') ? spaced.slice(1) : spaced
      }
    },
    onclosetag(name) {
      if (unseen.has(name)) depth.unseen = Math.max(0, depth.unseen - 1)
      if (depth.unseen > 0) return
      const level = levelOf(name)
      if (level !== undefined) endHeading()
      if (name === 'pre') depth.pre = Math.max(0, depth.pre - 1)
      if (name === 'td' || name === 'th') line += ' '
      if (blocks.has(name)) endLine(paragraphs.has(name))
    },
  })
  parser.end(html)
  endLine()
  return outline
}

/** 0 for the title, 1 to 6 for headings; undefined for everything else. */
function levelOf(name: string): number | undefined {
  if (name === 'title') return 0
  return /^h[1-6]$/.test(name) ? Number(name[1]) : undefined
}
