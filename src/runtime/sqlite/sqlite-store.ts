import { Worker } from 'node:worker_threads'
import { PlugboardError, type ErrorCode } from '../../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { unitStore } from '../sql/unit-store.ts'
import { readingUnits, type UnitName } from '../sql/units/index.ts'
import type { Answer, Asked } from './commit-thread.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { SqliteFile } from './sqlite-file.ts'
import { systemClock } from '../memory/system-clock.ts'

/**
 * Keeps everything in a SQLite file, which this process alone may have open. Units that write run on a thread of their
 * own, which commits those that wait together; units that read run here.
 * @param path The file; it is made, with its folder, if there is none.
 * @throws {PlugboardError} with the code `store_in_use`, if another process has it open, or `store_newer`.
 */
export async function sqliteStore(path: string, clock: Clock = systemClock): Promise<Store> {
  const file = SqliteFile.open(path, clock.now())
  try {
    const reader = new SqliteDatabase(path, { readOnly: true })
    const thread = new CommitThread(path)
    return unitStore({
      run: async (name, given) =>
        Object.hasOwn(readingUnits, name) ? reader.run(name, given, clock.now()) : thread.ask(name, given, clock.now()),
      [Symbol.asyncDispose]: async () => {
        await thread[Symbol.asyncDispose]()
        reader[Symbol.dispose]()
        file[Symbol.dispose]()
      },
    })
  } catch (error) {
    file[Symbol.dispose]()
    throw error
  }
}

/** The thread that writes, seen from outside. */
class CommitThread implements AsyncDisposable {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  /** What is handed over together, once whoever asks now has asked everything. */
  #asked: Asked[] = []
  #last = 0
  #failure: Error | undefined

  constructor(path: string) {
    // Where types are stripped the file is TypeScript, in the package JavaScript.
    this.#worker = new Worker(new URL('./commit-thread.ts', import.meta.url), { workerData: { path } })
    this.#worker.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.#settle(answer)
    })
    this.#worker.on('error', (error: Error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('The thread has ended.')))
    this.#worker.unref()
  }

  ask(name: UnitName, given: readonly unknown[], now: number): Promise<unknown> {
    if (this.#failure) return Promise.reject(failed(this.#failure))
    this.#last += 1
    const asked: Asked = { id: this.#last, name, given, now }
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) this.#worker.ref()
      this.#waiting.set(asked.id, { resolve, reject })
      if (this.#asked.length === 0) process.nextTick(() => this.#handOver())
      this.#asked.push(asked)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#handOver()
    this.#send('end')
    this.#worker.ref()
    if (this.#failure) return
    await new Promise((resolve) => {
      this.#worker.once('exit', resolve)
    })
  }

  #handOver(): void {
    const asked = this.#asked
    this.#asked = []
    if (asked.length === 0) return
    try {
      this.#send(asked)
    } catch {
      // What cannot be handed over, as a function in a payload, must not keep the others back.
      for (const one of asked) this.#handOverAlone(one)
    }
  }

  #handOverAlone(asked: Asked): void {
    try {
      this.#send([asked])
    } catch (error) {
      const { id } = asked
      this.#settle({ id, error: { code: undefined, message: String(error), retryable: false } })
    }
  }

  #send(message: readonly Asked[] | 'end'): void {
    // A thread has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#worker.postMessage(message)
  }

  #settle({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if (!error) waiting?.resolve(result)
    else if (error.code === undefined) waiting?.reject(failed(new Error(error.message)))
    else
      waiting?.reject(
        new PlugboardError({ code: error.code as ErrorCode, message: error.message, retryable: error.retryable }),
      )
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(failed(error))
    this.#waiting.clear()
  }
}

const failed = (cause: Error): PlugboardError =>
  new PlugboardError({
    code: 'store_failed',
    message: `the store could not be written: ${cause.message}`,
    retryable: true,
    cause,
  })
