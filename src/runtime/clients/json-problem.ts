/** How deep a value may be. */
const deepest = 100

/** Why a value cannot be stored as JSON, and where in it; undefined for one that can. Fields that are undefined are left out when it is. */
export function jsonProblem(value: unknown, path = '', depth = 0): { path: string; message: string } | undefined {
  if (depth > deepest) return { path, message: `it is deeper than ${deepest} levels` }
  switch (typeof value) {
    case 'string':
      return textProblem(value, path)
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : { path, message: `it is ${value}, which JSON has not` }
    case 'object':
      return value === null ? undefined : partsProblem(value, path, depth)
    default:
      return { path, message: `it is a ${typeof value}, which JSON has not` }
  }
}

function partsProblem(value: object, path: string, depth: number): ReturnType<typeof jsonProblem> {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
    return { path, message: `it is a ${value.constructor.name}, which JSON has not` }
  for (const [name, inner] of Object.entries(value)) {
    const place = path === '' ? name : `${path}.${name}`
    if (inner === undefined && !Array.isArray(value)) continue
    const problem = textProblem(name, place) ?? jsonProblem(inner, place, depth + 1)
    if (problem) return problem
  }
  return undefined
}

/** What PostgreSQL cannot store, nothing else shall, so that a bot can move. */
function textProblem(text: string, path: string): ReturnType<typeof jsonProblem> {
  if (text.includes('\0')) return { path, message: 'it has the character U+0000, which cannot be stored' }
  return text.isWellFormed() ? undefined : { path, message: 'it has half of a character' }
}
