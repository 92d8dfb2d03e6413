/** How some words are shown. */
export interface Style {
  readonly bold?: boolean
  readonly italic?: boolean
  readonly struck?: boolean
  readonly code?: boolean
  /** Where they lead. */
  readonly url?: string
}

/** Some words of one style, without an end of a line in them. */
export interface Run extends Style {
  readonly text: string
}

/** A line of a text. */
export interface Line {
  readonly runs: readonly Run[]
  /** Whether it stands in a block of code, with the lines beside it that do. */
  readonly isCode?: boolean
  /** Whether it is quoted. */
  readonly isQuoted?: boolean
}

/** A text as lines of runs: formats are never part of it, so that nothing has to be escaped before it is written. */
export type Formatted = readonly Line[]

/** A text as it is. */
export const plain = (text: string): Formatted =>
  text.split('\n').map((line) => ({ runs: line === '' ? [] : [{ text: line }] }))

/** At most so many characters, with a sign that something was left out. Slack refuses blocks with half a character in them. */
export const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

export const isBlank = ({ runs }: Line): boolean => runs.every(({ text }) => text.trim() === '')

/** A text without blank lines around it. */
export function trimmed(lines: Formatted): Formatted {
  const first = lines.findIndex((line) => !isBlank(line))
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1)
}
