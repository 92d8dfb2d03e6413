import type { LogSink } from './masked-logger.ts'

/** What is needed of a logger of pino, or of one that is made like it. */
export type PinoLike = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (details: Record<string, unknown>, message: string) => void>
>

/**
 * Hands the lines of a bot's log to a logger of pino, with all that they carry; secrets are masked before.
 * Level and time are the logger's own affair.
 */
export const pinoSink =
  (logger: PinoLike): LogSink =>
  ({ level, time: _, message, ...details }) =>
    logger[level](details, message)
