import { Marked, type Token as AnyToken, type Tokens } from 'marked'
import { texts } from 'plugboard'
import { type Formatted, type Line, plain, type Run, type Style, trimmed } from './formatted.ts'

// An instance of its own: what others set for the shared one changes nothing here.
const parser = new Marked()

/** Markdown as Slack can show it. What Slack has no format for is written out. */
export function fromMarkdown(markdown: string): Formatted {
  try {
    const lines = trimmed(blocks(parser.lexer(markdown), {}))
    return lines.length > 0 ? lines : plain(markdown)
  } catch (error) {
    // Whoever says the same again and again may nest it deeper than anybody can read.
    if (error instanceof RangeError) return plain(markdown)
    throw error
  }
}

/** Some kinds of token have no text, and some nothing within. */
type Token = Pick<AnyToken, 'type' | 'raw'> & { readonly text?: string; readonly tokens?: AnyToken[] }

const blank: Line = { runs: [] }
const linkable = /^(?:https?|mailto|tel):/i

function blocks(tokens: readonly Token[], style: Style, isTight = false): Line[] {
  const visible = tokens.filter(({ type }) => type !== 'space' && type !== 'def' && type !== 'checkbox')
  return visible.flatMap((token, index) => [...(index > 0 && !isTight ? [blank] : []), ...block(token, style)])
}

function block(token: Token, style: Style): Line[] {
  switch (token.type) {
    case 'heading':
      return inLines(inline(token.tokens, { ...style, bold: true }))
    case 'code':
      return (token.text ?? '').split('\n').map((text) => ({ runs: [{ text }], isCode: true }))
    case 'blockquote':
      return blocks(token.tokens ?? [], style).map((line) => ({ ...line, isQuoted: true }))
    case 'list':
      return list(token as Tokens.List, style)
    case 'table':
      return texts
        .table(rowsOf(token as Tokens.Table))
        .split('\n')
        .map((text) => ({ runs: [{ text }], isCode: true }))
    case 'hr':
      return [{ runs: [{ text: '———' }] }]
    case 'html':
      return [...plain(token.raw.trimEnd())]
    default:
      return inLines(inline(token.tokens ?? [token], style))
  }
}

function list({ ordered, start, items }: Tokens.List, style: Style): Line[] {
  return items.flatMap((item, index) => {
    const mark = item.task ? (item.checked ? '☑ ' : '☐ ') : ordered ? `${Number(start) + index}. ` : '• '
    return blocks(item.tokens, style, true).map((line, row) => {
      if (line.isCode) return line
      return { ...line, runs: [{ text: row === 0 ? mark : '    ' }, ...line.runs] }
    })
  })
}

/** An end of a line is a run of its own until the lines are made. */
const lineEnd: Run = { text: '\n' }

function inLines(runs: readonly Run[]): Line[] {
  const lines: Run[][] = [[]]
  for (const run of runs) {
    if (run === lineEnd) lines.push([])
    else lines.at(-1)?.push(run)
  }
  return lines.map((line) => ({ runs: line }))
}

const inline = (tokens: readonly Token[] = [], style: Style): Run[] => tokens.flatMap((token) => span(token, style))

function span(token: Token, style: Style): Run[] {
  switch (token.type) {
    case 'strong':
      return inline(token.tokens, { ...style, bold: true })
    case 'em':
      return inline(token.tokens, { ...style, italic: true })
    case 'del':
      return inline(token.tokens, { ...style, struck: true })
    case 'codespan':
      return written(token.text ?? '', { ...style, code: true })
    case 'br':
      return [lineEnd]
    case 'link':
    case 'image':
      return link(token as Tokens.Link | Tokens.Image, style)
    case 'escape':
      return written(token.text ?? '', style)
    default:
      return token.tokens ? inline(token.tokens, style) : written(texts.unescaped(token.text ?? token.raw), style)
  }
}

/** A link has one style, since Slack knows none within its words. */
function link({ href, text, tokens }: Tokens.Link | Tokens.Image, style: Style): Run[] {
  const words =
    tokens && tokens.length > 0
      ? inline(tokens, {})
          .map((run) => run.text)
          .join(' ')
          .trim()
      : texts.unescaped(text)
  const shown = (words === '' ? href : words).replaceAll('\n', ' ')
  if (linkable.test(href)) return [{ ...style, text: shown, url: href }]
  return written(href !== '' && href !== shown ? `${shown} (${href})` : shown, style)
}

const written = (text: string, style: Style): Run[] =>
  text
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? [lineEnd] : []), ...(line === '' ? [] : [{ ...style, text: line }])])

const rowsOf = ({ header, rows }: Tokens.Table): string[][] =>
  [header, ...rows].map((cells) => cells.map(({ text }) => texts.unescaped(text)))
