import type { Json } from './json.ts'

/** A text as an expression that finds it in any case, or the expression between slashes; undefined if that is none. */
export function compile(when: string): RegExp | undefined {
  const [, source, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(when) ?? []
  try {
    // Global and sticky expressions remember where they were, and would find a text only every other time.
    if (source !== undefined) return new RegExp(source, `${flags.replaceAll(/[gyi]/g, '')}i`)
    return new RegExp(when.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'i')
  } catch {
    return undefined
  }
}

/** A text with the groups that were found in the place of `$1`, and all of it in the place of `$0`. */
export function filled(text: string, found: RegExpExecArray): string {
  return text.replaceAll(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '')
}

/** The same for every text in a value. */
export function filledWithin(value: Json, found: RegExpExecArray): Json {
  if (typeof value === 'string') return filled(value, found)
  if (Array.isArray(value)) return value.map((inner) => filledWithin(inner, found))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filledWithin(inner, found)]))
}
