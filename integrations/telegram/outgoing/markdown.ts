import type { MessageEntity } from 'grammy/types'
import { Marked, type Token as AnyToken, type Tokens } from 'marked'
import { texts } from 'plugboard'
import type { Formatted } from './formatted.ts'
import { plain, trimmed } from './formatted.ts'
import { isLink } from './link.ts'

// An instance of its own: what others set for the shared one changes nothing here.
const parser = new Marked()

/**
 * Markdown as Telegram shows it. The text goes as it is and its formats beside it, so that no character has to be escaped
 * and nothing can be refused for one that was not. What Telegram has no format for is written out.
 */
export function fromMarkdown(markdown: string): Formatted {
  const writer = new Writer()
  try {
    writer.blocks(parser.lexer(markdown))
  } catch (error) {
    // Whoever says the same again and again may nest it deeper than anybody can read.
    if (error instanceof RangeError) return plain(markdown)
    throw error
  }
  const formatted = trimmed(writer)
  return formatted.text === '' ? plain(markdown) : formatted
}

type Format = { readonly type: 'bold' | 'italic' | 'strikethrough' | 'code' | 'blockquote' } | LinkFormat | CodeFormat
type LinkFormat = { readonly type: 'text_link'; readonly url: string }
type CodeFormat = { readonly type: 'pre'; readonly language?: string }

/** Some kinds of token have no text, and some nothing within. */
type Token = Pick<AnyToken, 'type' | 'raw'> & { readonly text?: string; readonly tokens?: AnyToken[] }

class Writer implements Formatted {
  text = ''
  readonly entities: MessageEntity[] = []
  /** The formats that are open: Telegram knows none within itself, and none within code. */
  readonly #open: Format['type'][] = []

  blocks(tokens: readonly Token[], separator = '\n\n'): void {
    const visible = tokens.filter(({ type }) => type !== 'space' && type !== 'def')
    for (const [index, token] of visible.entries()) {
      if (index > 0) this.text += separator
      this.#block(token)
    }
  }

  #block(token: Token): void {
    switch (token.type) {
      case 'heading':
        return this.#as({ type: 'bold' }, () => this.#inline(token.tokens))
      case 'code':
        return this.#as({ type: 'pre', ...languageOf(token as Tokens.Code) }, () => this.#write(token.text ?? ''))
      case 'blockquote':
        return this.#as({ type: 'blockquote' }, () => this.blocks(token.tokens ?? []))
      case 'list':
        return this.#list(token as Tokens.List)
      case 'table':
        return this.#as({ type: 'pre' }, () => this.#write(texts.table(rowsOf(token as Tokens.Table))))
      case 'hr':
        return this.#write('———')
      case 'html':
        return this.#write(token.raw.trimEnd())
      default:
        return this.#inline(token.tokens ?? [token])
    }
  }

  #list({ ordered, start, items }: Tokens.List): void {
    for (const [index, item] of items.entries()) {
      if (index > 0) this.text += '\n'
      const mark = item.task ? (item.checked ? '☑ ' : '☐ ') : ordered ? `${Number(start) + index}. ` : '• '
      const begin = this.text.length
      this.text += mark
      this.blocks(
        item.tokens.filter(({ type }) => type !== 'checkbox'),
        '\n',
      )
      this.#indent(begin)
    }
  }

  /** Moves the lines below the first one to the right, and with them what is formatted in them. */
  #indent(begin: number): void {
    const width = 3
    const lines = [...this.text.slice(begin).matchAll(/\n(?=[^\n])/g)].map(({ index }) => begin + index + 1)
    if (lines.length === 0) return
    const moved = (place: number): number => place + width * lines.filter((line) => line <= place).length
    this.text = this.text.slice(0, begin) + this.text.slice(begin).replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`)
    for (const entity of this.entities.filter(({ offset }) => offset >= begin)) {
      const end = moved(entity.offset + entity.length - 1) + 1
      entity.offset = moved(entity.offset)
      entity.length = end - entity.offset
    }
  }

  #inline(tokens: readonly Token[] = []): void {
    for (const token of tokens) this.#span(token)
  }

  #span(token: Token): void {
    switch (token.type) {
      case 'strong':
        return this.#as({ type: 'bold' }, () => this.#inline(token.tokens))
      case 'em':
        return this.#as({ type: 'italic' }, () => this.#inline(token.tokens))
      case 'del':
        return this.#as({ type: 'strikethrough' }, () => this.#inline(token.tokens))
      case 'codespan':
        return this.#as({ type: 'code' }, () => this.#write(token.text ?? ''))
      case 'br':
        return this.#write('\n')
      case 'link':
        return this.#link(token as Tokens.Link)
      case 'image':
        return this.#link(token as Tokens.Image)
      case 'escape':
        return this.#write(token.text ?? '')
      default:
        return token.tokens ? this.#inline(token.tokens) : this.#write(texts.unescaped(token.text ?? token.raw))
    }
  }

  #link({ href, text, tokens }: Tokens.Link | Tokens.Image): void {
    const write = (): void => {
      if (tokens && tokens.length > 0) this.#inline(tokens)
      else this.#write(text === '' ? href : text)
    }
    if (isLink(href)) return this.#as({ type: 'text_link', url: href }, write)
    write()
    if (href !== '' && href !== text && href !== `mailto:${text}`) this.#write(` (${href})`)
  }

  #as(format: Format, write: () => void): void {
    const offset = this.text.length
    const shown = !this.#open.includes(format.type) && !this.#open.includes('pre') && !this.#open.includes('code')
    // Its place is kept before what stands within: Telegram wants the outer ones first.
    const place = this.entities.length
    this.#open.push(format.type)
    write()
    this.#open.pop()
    const length = this.text.length - offset
    if (shown && length > 0) this.entities.splice(place, 0, { ...format, offset, length })
  }

  #write(text: string): void {
    this.text += text
  }
}

function languageOf({ lang }: Tokens.Code): { language?: string } {
  const [language] = /^[\w#+.-]+/.exec(lang ?? '') ?? []
  return language === undefined ? {} : { language }
}

const rowsOf = ({ header, rows }: Tokens.Table): string[][] =>
  [header, ...rows].map((cells) => cells.map(({ text }) => texts.unescaped(text)))
