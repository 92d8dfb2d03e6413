import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a bot's process is started with. */
export interface BotProcessOptions {
  readonly platformUrl: string
  readonly port: number
  /** A SQLite file; undefined for PostgreSQL, by the environment. */
  readonly store?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** A process of the counting bot, which can be killed. */
export class BotProcess {
  readonly url: string
  readonly #options: BotProcessOptions
  #child: ChildProcess | undefined
  /** What it wrote to standard error. */
  errors = ''

  constructor(options: BotProcessOptions) {
    this.#options = options
    this.url = `http://127.0.0.1:${options.port}`
  }

  /** Starts it. Resolves when it listens and works. */
  async start(): Promise<void> {
    const { platformUrl, port, store, environment = {} } = this.#options
    const words = ['--port', String(port), ...(store === undefined ? [] : ['--store', store])]
    const child = spawn(
      process.execPath,
      ['-C', '@plugboard/source', join(import.meta.dirname, 'counting-bot.ts'), ...words],
      {
        env: { ...process.env, PLATFORM_URL: platformUrl, ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    this.#child = child
    child.stderr.on('data', (chunk) => (this.errors = (this.errors + String(chunk)).slice(-10_000)))
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The bot has ended: ${this.errors}`)
      try {
        if ((await fetch(`${this.url}/ready`)).ok) return
      } catch {
        // It does not listen yet.
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 20)
      })
    }
  }

  /**
   * Demands that it runs.
   * @throws {Error} with what it wrote last, if it has ended by itself.
   */
  demandAlive(): void {
    if (this.#child?.exitCode !== null) throw new Error(`The bot has ended: ${this.errors}`)
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
}
