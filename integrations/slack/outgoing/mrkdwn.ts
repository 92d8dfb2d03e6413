import type { Formatted, Line, Run } from './formatted.ts'

const fence = '```'
/** Shows nothing, and parts a format from a letter, beside which Slack would not take it for one. */
const seam = '\u200B'
const wordly = /[\p{L}\p{N}]/u

/** A text as Slack's own markup, mrkdwn. */
export function toMrkdwn(lines: Formatted): string {
  const written: string[] = []
  for (const [index, line] of lines.entries()) {
    const begins = line.isCode && !lines[index - 1]?.isCode
    const ends = line.isCode && !lines[index + 1]?.isCode
    if (begins) written.push(fence)
    written.push(lineOf(line))
    if (ends) written.push(fence)
  }
  return written.join('\n')
}

/** How long a line is once it is written. */
export const lengthOf = (line: Line): number => lineOf(line).length

/** Text in which nothing is markup but what mentions a person or a channel: to call everybody takes more than a text. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll(/<(?![@#][A-Z0-9]+>)/g, '&lt;')
    .replaceAll(/(?<!<[@#][A-Z0-9]{1,30})>/g, '&gt;')

function lineOf({ runs, isCode, isQuoted }: Line): string {
  if (isCode) return runs.map(({ text }) => escaped(text).replaceAll(fence, `\`${seam}\`${seam}\``)).join('')
  let written = ''
  let isMarked = false
  for (const run of runs) {
    const next = runOf(run)
    const [last = ' ', first = ' '] = [written.at(-1), next.text.at(0)]
    const isTight = last.trim() !== '' && first.trim() !== ''
    const meets = (isMarked && next.isMarked) || wordly.test(last) || wordly.test(first)
    written += (isMarked || next.isMarked) && isTight && meets ? seam + next.text : next.text
    isMarked = next.isMarked
  }
  return isQuoted ? `> ${written}` : written
}

/** Formats stand tight around words: Slack shows the marks themselves where a blank is in between. */
function runOf({ text, bold, italic, struck, code, url }: Run): { text: string; isMarked: boolean } {
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  if (words === '') return { text, isMarked: false }
  const inner = url === undefined ? escaped(words) : link(url, words)
  const marks = [code && '`', struck && '~', italic && '_', bold && '*'].filter((mark) => typeof mark === 'string')
  const marked = marks.reduce((within, mark) => `${mark}${within}${mark}`, inner)
  return { text: `${before}${marked}${after}`, isMarked: marks.length > 0 }
}

function link(url: string, words: string): string {
  const address = url.replaceAll('&', '&amp;').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('|', '%7C')
  return `<${address}|${escaped(words).replaceAll('|', '¦').replaceAll(/[<>]/g, '')}>`
}
