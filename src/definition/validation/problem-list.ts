import type { ErrorCode, Problem } from '../../errors/index.ts'

/** Collects problems, so that all of them are told at once. */
export class ProblemList {
  readonly problems: Problem[] = []

  add(code: ErrorCode, path: string, message: string, remedy: string): void {
    this.problems.push(Object.freeze({ code, path, message, remedy }))
  }
}

/** A value as text for a message, shortened. */
export function shown(value: unknown): string {
  const text = textOf(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (value === undefined) return 'nothing'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value) // JSON has no NaN
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? typeof value)
}

/** Names as text for a message. */
export function listed(names: readonly PropertyKey[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `'${String(name)}'`).join(', ')
}
