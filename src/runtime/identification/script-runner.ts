import { Worker } from 'node:worker_threads'
import { PlugboardError } from '../../errors/index.ts'
import type { ScriptAnswer, ScriptOutcome, ScriptTask, ScriptThreadReady } from './script-thread.ts'

/** How scripts are run. */
export interface ScriptRunnerOptions {
  /** Milliseconds that a script has, of real time. Default: 1000. */
  readonly timeout?: number
}

/** What a script gave, or why it gave nothing. */
export type ScriptResult =
  | { readonly result: unknown }
  | { readonly failure: string }
  /** It took too long, or too much waits: the same may go well later. */
  | { readonly late: string }

/** Scripts that have compiled in this process, and need not be compiled again for its next bot. */
const sound = new Set<string>()

/** More than this waits for nothing: whoever asked has gone by then. */
const mostWaiting = 1000

/**
 * Runs scripts in VRL, in a thread of their own: one that takes its time keeps nothing else waiting, and one that is cut off,
 * or breaks what it runs in, takes nothing with it. One runs at a time; the thread begins with the first.
 */
export class ScriptRunner implements AsyncDisposable {
  readonly #timeout: number
  #thread: Promise<Worker> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #last = 0

  constructor({ timeout = 1000 }: ScriptRunnerOptions = {}) {
    this.#timeout = timeout
  }

  /**
   * What is wrong with a script, with its line; undefined if it compiles.
   * @throws {PlugboardError} with the code `package_missing`.
   */
  async check(script: string): Promise<string | undefined> {
    if (sound.has(script)) return undefined
    const outcome = await this.#ask(script, undefined)
    if ('failure' in outcome) return outcome.failure
    if ('late' in outcome) return outcome.late
    sound.add(script)
    return undefined
  }

  /**
   * Runs a script on an event, which must be plain data.
   * @throws {PlugboardError} with the code `package_missing`.
   */
  run(script: string, event: object): Promise<ScriptResult> {
    return this.#ask(script, event)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const thread = await this.#thread?.catch(() => undefined)
    this.#thread = undefined
    await thread?.terminate()
  }

  async #ask(script: string, event: object | undefined): Promise<ScriptResult> {
    if (this.#waiting >= mostWaiting) return { late: 'too many requests wait for a script' }
    this.#waiting += 1
    const outcome = this.#turn.then(() => this.#run(script, event)).finally(() => (this.#waiting -= 1))
    this.#turn = outcome.catch(() => {})
    return outcome
  }

  async #run(script: string, event: object | undefined): Promise<ScriptResult> {
    this.#thread ??= begin()
    let thread: Worker
    try {
      thread = await this.#thread
    } catch (error) {
      this.#thread = undefined
      throw error
    }
    this.#last += 1
    const outcome = await this.#answerOf(thread, { id: this.#last, script, event })
    if (outcome && !('broken' in outcome)) return outcome
    // The next one begins a thread anew.
    this.#thread = undefined
    await thread.terminate()
    return outcome
      ? { failure: `the script broke off: ${outcome.broken}` }
      : { late: `the script did not end within ${this.#timeout} ms` }
  }

  /** What the thread answers; undefined if it does not in time. */
  #answerOf(thread: Worker, task: ScriptTask): Promise<ScriptOutcome | undefined> {
    const { promise, resolve } = Promise.withResolvers<ScriptOutcome | undefined>()
    const answered = ({ id, ...outcome }: ScriptAnswer): void => {
      if (id === task.id) resolve(outcome)
    }
    const failed = (error: Error): void => resolve({ broken: error.message })
    const ended = (): void => resolve({ broken: 'the thread has ended' })
    const timer = setTimeout(() => resolve(undefined), this.#timeout)
    thread.on('message', answered).on('error', failed).on('exit', ended).ref()
    // A thread has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    thread.postMessage(task)
    return promise.finally(() => {
      clearTimeout(timer)
      thread.off('message', answered).off('error', failed).off('exit', ended).unref()
    })
  }
}

/** A thread that has loaded what runs scripts, some ten megabytes of it. */
async function begin(): Promise<Worker> {
  // What breaks in it is told in Rust, on the standard error of the process: it is told in our words instead.
  const thread = new Worker(new URL('./script-thread.ts', import.meta.url), { stderr: true, stdout: true })
  thread.stdout.resume()
  thread.stderr.resume()
  const { promise, resolve, reject } = Promise.withResolvers<ScriptThreadReady>()
  thread.once('message', resolve).once('error', reject)
  const { ready } = await promise
  thread.off('error', reject)
  // One that fails between two scripts is noticed by the next one.
  thread.on('error', () => {})
  thread.unref()
  if (ready) return thread
  await thread.terminate()
  throw new PlugboardError({
    code: 'package_missing',
    message:
      "an integration that declares an `identifier` needs the package '@bpinternal/verel', which runs its scripts: npm install @bpinternal/verel",
  })
}
