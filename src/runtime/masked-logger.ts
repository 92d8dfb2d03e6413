import type { Logger } from '../implementation/logger.ts'

/** Takes one line of the log. */
export type LogSink = (
  line: { level: 'debug' | 'info' | 'warn' | 'error'; time: string; message: string } & Record<string, unknown>,
) => void

/** Writes JSON lines to standard error, from `warn` up unless told otherwise. */
export const standardError =
  (level: 'debug' | 'info' | 'warn' | 'error' = 'warn'): LogSink =>
  (line) => {
    if (levels.indexOf(line.level) >= levels.indexOf(level)) process.stderr.write(`${JSON.stringify(line)}\n`)
  }
const levels = ['debug', 'info', 'warn', 'error']

/** A logger whose lines carry the place and have every known secret masked, wherever it stands in the line. */
export function createLogger(sink: LogSink, place: object, secrets: ReadonlySet<string>): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, details: object = {}): void => {
      const said = maskIn(plain({ ...place, message, ...details }, []), secrets) as { message: string }
      sink({ level, time: new Date().toISOString(), ...said })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** A text with every known secret masked. */
export function mask(text: string, secrets: Iterable<string>): string {
  let masked = text
  // The longest first: a secret that begins another one must not leave the rest of it to be read.
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length < 4) continue
    for (const form of formsOf(secret)) masked = masked.replaceAll(form, '•••')
  }
  return masked
}

/** How a secret may stand in a text: in JSON its quotes and line breaks are escaped, in a URL it is percent-encoded. */
function formsOf(secret: string): readonly string[] {
  const wellFormed = secret.toWellFormed()
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(wellFormed), encodeURI(wellFormed)]
}

/** A value of a line with every known secret masked, in names of fields too. */
function maskIn(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return mask(value, secrets)
  if (typeof value === 'number') return secrets.has(String(value)) ? mask(String(value), secrets) : value
  if (Array.isArray(value)) return value.map((item) => maskIn(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key, secrets), maskIn(item, secrets)]))
}

/** A value as plain data, however it is made: what is logged must not make the one who logs it fail. */
function plain(value: unknown, around: readonly object[]): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (around.includes(value)) return '(circular)'
  const inside = [...around, value]
  // Errors have no enumerable fields: their name, message and code are what a reader wants.
  if (value instanceof Error)
    return {
      name: value.name,
      message: value.message,
      ...('code' in value && { code: plain(value.code, inside) }),
      ...(value.cause !== undefined && { cause: plain(value.cause, inside) }),
    }
  if (Array.isArray(value)) return value.map((item) => plain(item, inside))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`
  if (value instanceof URL || value instanceof RegExp) return String(value)
  if (value instanceof Map) return plain(Object.fromEntries(value), inside)
  if (value instanceof Set) return plain([...value], inside)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, plain(item, inside)]])),
  )
}
