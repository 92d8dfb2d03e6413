/** What is not shown. */
export interface RedactionOptions {
  readonly redactFields: readonly string[]
  readonly redactPatterns: readonly string[]
  readonly textLength: number
}

const hidden = '[redacted]'
/** More than this of a list or of a text is not looked at: a line of a log must not cost more than what it tells of. */
const most = { depth: 8, items: 50, text: 10_000 }

/** Makes what gives a value as it may be shown. What is not plain data is named by its type. */
export function redaction({ redactFields, redactPatterns, textLength }: RedactionOptions): (value: unknown) => unknown {
  const fields = new Set(redactFields.map((name) => name.toLowerCase()))
  const patterns = redactPatterns.map((source) => new RegExp(source, 'gu'))
  const text = (value: string): string => {
    const clean = patterns.reduce((left, pattern) => left.replace(pattern, hidden), value.slice(0, most.text))
    return clean.length < value.length || clean.length > textLength ? shortened(clean, value, textLength) : clean
  }
  const shown = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
    if (value instanceof Uint8Array) return `[${value.length} bytes]`
    if (depth === most.depth) return '[…]'
    if (Array.isArray(value)) {
      const items = value.slice(0, most.items).map((item) => shown(item, depth + 1))
      return value.length > most.items ? [...items, `[${value.length - most.items} more]`] : items
    }
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[Date]' : value.toISOString()
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return `[${value.constructor.name}]`
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        fields.has(name.toLowerCase()) ? hidden : shown(inner, depth + 1),
      ]),
    )
  }
  return (value) => shown(value, 0)
}

function shortened(clean: string, value: string, length: number): string {
  const cut = clean.slice(0, length)
  return clean.length > length || value.length > most.text ? `${cut}…` : cut
}
