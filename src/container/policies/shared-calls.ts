import type { CallFacts } from './call.ts'
import { LinkedAbort } from './linked-abort.ts'

interface SharedCall<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** Calls that several callers wait for. Each can leave by its own signal; the call is aborted when all have left. */
export class SharedCalls<T> {
  readonly #running = new Map<string, SharedCall<T>>()

  /** Waits for the call of a key that is running, or starts one. `own` tells which. */
  async join(
    key: string,
    signal: AbortSignal | undefined,
    facts: CallFacts,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ result: T; own: boolean }> {
    const caller = new LinkedAbort(signal, facts)
    caller.signal.throwIfAborted()
    const running = this.#running.get(key)
    const shared = running ?? this.#start(key, start)
    shared.waiting += 1
    try {
      return { result: await caller.race(shared.result), own: running === undefined }
    } finally {
      caller.unlink()
      shared.waiting -= 1
      if (shared.waiting === 0 && this.#running.get(key) === shared) {
        this.#running.delete(key)
        shared.controller.abort()
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
    const controller = new AbortController()
    const end = (): void => {
      if (this.#running.get(key) === shared) this.#running.delete(key)
    }
    const shared: SharedCall<T> = { controller, waiting: 0, result: start(controller.signal).finally(end) }
    this.#running.set(key, shared)
    return shared
  }
}
