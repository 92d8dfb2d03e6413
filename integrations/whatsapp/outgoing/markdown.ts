import { Marked, type Token as AnyToken, type Tokens } from 'marked'
import { texts } from 'plugboard'

// An instance of its own: what others set for the shared one changes nothing here.
const parser = new Marked()

/** Markdown as WhatsApp marks texts. What it has no mark for is written out. */
export function fromMarkdown(markdown: string): string {
  try {
    const text = new Writer().blocks(parser.lexer(markdown)).trim()
    return text === '' ? markdown : text
  } catch (error) {
    // Whoever says the same again and again may nest it deeper than anybody can read.
    if (error instanceof RangeError) return markdown
    throw error
  }
}

/** Some kinds of token have no text, and some nothing within. */
type Token = Pick<AnyToken, 'type' | 'raw'> & { readonly text?: string; readonly tokens?: AnyToken[] }
type Mark = '*' | '_' | '~'

class Writer {
  /** The marks that are open: WhatsApp knows none within itself. */
  readonly #open: Mark[] = []

  blocks(tokens: readonly Token[], separator = '\n\n'): string {
    const visible = tokens.filter(({ type }) => type !== 'space' && type !== 'def')
    return visible.map((token) => this.#block(token)).join(separator)
  }

  #block(token: Token): string {
    switch (token.type) {
      case 'heading':
        return this.#as('*', () => this.#inline(token.tokens))
      case 'code':
        return code(token.text ?? '')
      case 'blockquote':
        return prefixed(this.blocks(token.tokens ?? []), '> ')
      case 'list':
        return this.#list(token as Tokens.List)
      case 'table':
        return code(texts.table(rowsOf(token as Tokens.Table)))
      case 'hr':
        return '———'
      case 'html':
        return token.raw.trimEnd()
      default:
        return this.#inline(token.tokens ?? [token])
    }
  }

  #list({ ordered, start, items }: Tokens.List): string {
    const lines = items.map((item, index) => {
      const mark = item.task ? (item.checked ? '☑ ' : '☐ ') : ordered ? `${Number(start) + index}. ` : '- '
      const within = this.blocks(
        item.tokens.filter(({ type }) => type !== 'checkbox'),
        '\n',
      )
      return `${mark}${within.replaceAll(/\n(?=[^\n])/g, '\n   ')}`
    })
    return lines.join('\n')
  }

  #inline(tokens: readonly Token[] = []): string {
    return tokens.map((token) => this.#span(token)).join('')
  }

  #span(token: Token): string {
    switch (token.type) {
      case 'strong':
        return this.#as('*', () => this.#inline(token.tokens))
      case 'em':
        return this.#as('_', () => this.#inline(token.tokens))
      case 'del':
        return this.#as('~', () => this.#inline(token.tokens))
      case 'codespan':
        return `\`${token.text ?? ''}\``
      case 'br':
        return '\n'
      case 'link':
      case 'image':
        return this.#link(token as Tokens.Link | Tokens.Image)
      case 'escape':
        return token.text ?? ''
      default:
        return token.tokens ? this.#inline(token.tokens) : texts.unescaped(token.text ?? token.raw)
    }
  }

  #link({ href, text, tokens }: Tokens.Link | Tokens.Image): string {
    const shown = tokens && tokens.length > 0 ? this.#inline(tokens) : text
    if (shown === '' || shown === href || `mailto:${shown}` === href) return shown || href
    return href !== '' ? `${shown} (${href})` : shown
  }

  #as(mark: Mark, write: () => string): string {
    if (this.#open.includes(mark)) return write()
    this.#open.push(mark)
    const text = write()
    this.#open.pop()
    // A mark counts only beside what it marks, and within one line.
    return text
      .split('\n')
      .map((line) => line.replace(/^(\s*)(\S(?:.*\S)?)(\s*)$/, `$1${mark}$2${mark}$3`))
      .join('\n')
  }
}

const code = (text: string): string => `\`\`\`\n${text}\n\`\`\``

const prefixed = (text: string, prefix: string): string =>
  text
    .split('\n')
    .map((line) => `${prefix}${line}`)
    .join('\n')

const rowsOf = ({ header, rows }: Tokens.Table): string[][] =>
  [header, ...rows].map((cells) => cells.map(({ text }) => texts.unescaped(text)))
