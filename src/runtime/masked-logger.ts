import { PlugboardError } from '../errors/index.ts'
import type { Logger } from '../implementation/logger.ts'
import type { SecretMask } from './secrets/secret-mask.ts'

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

/**
 * A logger whose lines carry the place, and that of what is being done, and have every known secret masked, wherever it
 * stands in the line.
 */
export function createLogger(sink: LogSink, place: object, mask: SecretMask, now: () => object = () => ({})): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, details: object = {}): void => {
      const said = mask.data(plain({ ...now(), ...place, message, ...details }, [])) as { message: string }
      sink({ level, time: new Date().toISOString(), ...said })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
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
      // One of Plugboard names the place and the remedy. Of another, where it was thrown is often all that helps.
      ...(!PlugboardError.isInstance(value) && typeof value.stack === 'string' && { stack: value.stack }),
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
