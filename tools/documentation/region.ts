/**
 * The part of a source between `// #region name` and its `// #endregion`, or the whole of it where no region is named;
 * moved to the left as far as it goes, without the marks of regions. Undefined where there is no such region.
 */
export function readRegion(source: string, name?: string): string | undefined {
  const lines = source.split('\n')
  const found = name === undefined ? lines : between(lines, name)
  if (found === undefined) return undefined
  const kept = found.filter((line) => !mark.test(line))
  const margin = Math.min(
    ...kept.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  )
  return kept
    .map((line) => line.slice(margin))
    .join('\n')
    .replace(/^\n+|\s+$/g, '')
}

const mark = /^\s*\/\/ #(?:region|endregion)\b\s*(.*)$/

function between(lines: string[], name: string): string[] | undefined {
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`)
  if (start === -1) return undefined
  let depth = 0
  const length = lines.slice(start).findIndex((line) => {
    if (/^\s*\/\/ #region\b/.test(line)) depth += 1
    if (/^\s*\/\/ #endregion\b/.test(line)) depth -= 1
    return depth === 0
  })
  return length === -1 ? undefined : lines.slice(start + 1, start + length)
}
