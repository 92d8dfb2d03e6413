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
  if (typeof value === 'function') return 'a function'
  // oxlint-disable-next-line typescript/no-base-to-string -- what is left here is no object
  if (typeof value !== 'object' || value === null) return String(value) // JSON has no NaN, no bigint and no symbol
  return instanceText(value) ?? jsonText(value)
}

/** What is no plain data, by what it is. */
function instanceText(value: object): string | undefined {
  if ('kind' in value && value.kind === 'need') return 'a need'
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype || Array.isArray(value)) return undefined
  if ('_zod' in value) return 'a schema'
  const { kind, name } = value as { kind?: unknown; name?: unknown }
  if (typeof kind === 'string') return typeof name === 'string' ? `${kind} '${name}'` : `the ${kind}`
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  return tag === 'Object' ? undefined : `a ${tag}`
}

function jsonText(value: object): string {
  try {
    return (
      JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'object' && inner !== null && '_zod' in inner ? 'a schema' : inner,
      ) ?? 'an object'
    )
  } catch {
    return 'an object'
  }
}

/** Names as text for a message. */
export function listed(names: readonly PropertyKey[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `'${String(name)}'`).join(', ')
}
