import type { Outline } from './outline.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readPdf } from './read-pdf.ts'
import { readText } from './read-text.ts'
import { Unreadable } from './unreadable.ts'

/** Makes an outline of what a file says. */
export type Reader = (bytes: Uint8Array) => Outline | Promise<Outline>

const reading =
  (read: (text: string) => Outline | Promise<Outline>): Reader =>
  (bytes) =>
    read(decoded(bytes))
const text = reading(readText)
const markdown = reading(readMarkdown)
const html = reading(readHtml)

const byEnding: Readonly<Record<string, Reader>> = {
  txt: text,
  text,
  md: markdown,
  markdown,
  html,
  htm: html,
  xhtml: html,
  pdf: readPdf,
}
const byContentType: Readonly<Record<string, Reader>> = {
  'text/plain': text,
  'text/markdown': markdown,
  'text/x-markdown': markdown,
  'text/html': html,
  'application/xhtml+xml': html,
  'application/pdf': readPdf,
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
