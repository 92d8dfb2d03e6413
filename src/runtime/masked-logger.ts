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
      const line = { level, time: new Date().toISOString(), ...place, message, ...plain(details) }
      sink(JSON.parse(mask(JSON.stringify(line), secrets)))
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** A text with every known secret masked. */
export function mask(text: string, secrets: ReadonlySet<string>): string {
  let masked = text
  for (const secret of secrets) {
    if (secret.length < 4) continue
    // In JSON a secret stands with its quotes and line breaks escaped.
    masked = masked.replaceAll(secret, '•••').replaceAll(JSON.stringify(secret).slice(1, -1), '•••')
  }
  return masked
}

/** Errors have no enumerable fields: their name, message and code are what a reader wants. */
function plain(details: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      value instanceof Error
        ? { name: value.name, message: value.message, ...('code' in value && { code: value.code }) }
        : value,
    ]),
  )
}
