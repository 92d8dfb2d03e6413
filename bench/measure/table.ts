/** A Markdown table; the first column is text, the others are numbers or verdicts and stand to the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(headings), rule, ...rows.map(line)].join('\n')
}

/** A number with thousands set apart and as many digits after the point as say something. */
export function number(value: number, digits = value < 10 ? 2 : value < 100 ? 1 : 0): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A span of time in the unit in which it is easiest to read. */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${number(nanoseconds)} ns`
  if (nanoseconds < 1e6) return `${number(nanoseconds / 1e3)} µs`
  return `${number(nanoseconds / 1e6)} ms`
}

/** Whether the aim is met, in a word. */
export const verdict = (met: boolean): string => (met ? 'met' : '**not met**')
