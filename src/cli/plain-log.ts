import type { LogSink } from 'plugboard/runtime'

/** Tells people what goes wrong, in a line each, and once: every attempt at the same thing fails alike, and so does its end. */
export class PlainLog {
  readonly #write: (text: string) => void
  readonly #told = new Set<string>()

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  /** Takes the log of a bot. */
  readonly sink: LogSink = ({ level, message, code, error, handler }) => {
    if (level !== 'warn' && level !== 'error') return
    if (!isError(error)) this.#tell(level, typeof code === 'string' ? code : undefined, message)
    else {
      // That a handler failed is told by its error, as it is at the end.
      const what = handler === undefined ? `${message}: ${error.message}` : error.message
      this.#tell(level, error.code ?? 'handler_failed', what, framesOf(error))
    }
  }

  /** Tells of what failed for good. */
  failure({ code, message }: { readonly code: string; readonly message: string }): void {
    this.#tell('error', code, message)
  }

  #tell(level: string, code: string | undefined, message: string, frames = ''): void {
    const line = `${level}${code === undefined ? '' : ` [${code}]`} ${message}`
    if (this.#told.has(line)) return
    this.#told.add(line)
    this.#write(`${line}\n${frames}`)
  }
}

interface LoggedError {
  readonly message: string
  readonly code?: string
  /** Of an error that is not of Plugboard. */
  readonly stack?: string
}

const isError = (error: unknown): error is LoggedError =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'

/** Where it was thrown, which of somebody's own code is often all that helps. */
const framesOf = ({ stack = '' }: LoggedError): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `${line}\n`)
    .join('')
