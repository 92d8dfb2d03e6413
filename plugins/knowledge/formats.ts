import type { Outline } from './outline.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readText } from './read-text.ts'
import { Unreadable } from './unreadable.ts'

/** Makes an outline of what a file says. */
export type Reader = (text: string) => Outline | Promise<Outline>

const byEnding: Readonly<Record<string, Reader>> = {
  txt: readText,
  text: readText,
  md: readMarkdown,
  markdown: readMarkdown,
  html: readHtml,
  htm: readHtml,
  xhtml: readHtml,
}
const byContentType: Readonly<Record<string, Reader>> = {
  'text/plain': readText,
  'text/markdown': readMarkdown,
  'text/x-markdown': readMarkdown,
  'text/html': readHtml,
  'application/xhtml+xml': readHtml,
}

/** What reads a file: by its ending, which its author gave it, or else by its media type. Undefined for other formats. */
export function readerOf(path: string, contentType?: string): Reader | undefined {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  return own(byEnding, ending) ?? own(byContentType, type)
}

/**
 * The text of bytes.
 * @throws {Unreadable} if they are no UTF-8.
 */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n')
  } catch {
    throw new Unreadable('it is no text in UTF-8')
  }
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
