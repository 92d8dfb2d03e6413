/** What people see as one character has hardly more code units than these; it must be seen whole to be told from two. */
const longestCharacter = 100
/** Before which a piece is not ended for the sake of a paragraph or a word. */
const shortestPiece = 0.5
const characters = new Intl.Segmenter()

/** For channels whose platform takes less than they are given. Lengths and places are in UTF-16 code units, as everywhere in JavaScript. */
export const texts = Object.freeze({ cut, shortened, table, unescaped })

/**
 * Where a piece of a text ends that begins at `start`, and where the next one begins: between paragraphs, lines or words if that leaves
 * half a piece, and never within what people see as one character, unless that is longer than a piece.
 */
function cut(text: string, start: number, longest: number): { readonly end: number; readonly next: number } {
  if (text.length - start <= longest) return { end: text.length, next: text.length }
  const window = text.slice(start, start + longest + 1)
  for (const separator of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(separator)
    if (at >= longest * shortestPiece) return { end: start + at, next: start + at + separator.length }
  }
  const end = start + wholeCharacters(text.slice(start, start + longest + longestCharacter), longest)
  return { end, next: end }
}

/** The beginning of a text, with an ellipsis where something is left out. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, wholeCharacters(text, longest - 1)).trimEnd()}…`
}

/** A table in columns of equal width, for a font whose letters are all as wide; the first row is its head. */
function table(rows: readonly (readonly string[])[]): string {
  const columns = Array.from({ length: Math.max(0, ...rows.map(({ length }) => length)) }, (_, column) => column)
  const widths = columns.map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)))
  const lines = rows.map((cells) =>
    columns.map((column) => (cells[column] ?? '').padEnd(widths[column] ?? 0)).join(' | '),
  )
  return [...lines.slice(0, 1), widths.map((width) => '-'.repeat(width)).join('-+-'), ...lines.slice(1)].join('\n')
}

/** A text of Markdown or HTML with its references to characters, such as `&amp;` and `&#8217;`, as what they stand for. */
function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] as string) : whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) ? String.fromCodePoint(code) : whole
  })
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  times: '×',
  rarr: '→',
  larr: '←',
  bull: '•',
}

/** Where the last character ends before a place; where one is all there is, at least not between halves of what makes it up. */
function wholeCharacters(text: string, end: number): number {
  const character = characters.segment(text).containing(end)
  if (character && character.index > 0) return character.index
  return end > 1 && !text.slice(0, end).isWellFormed() ? end - 1 : end
}
