import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { CheckFailed } from './verdict.ts'

/** What a check works with, and has to be stopped where the check is given up. */
export interface Stoppable {
  stop(): Promise<void>
}

const running = new AsyncLocalStorage<CheckWatch>()

/** Gives up a check whose integration never answers, so that the suite ends whatever the integration does. */
export class CheckWatch {
  readonly #patience: number
  readonly #inUse = new Set<Stoppable>()
  readonly #silence = Promise.withResolvers<never>()

  /** @param patience Milliseconds that a check has to end once it was given up. */
  constructor(patience: number) {
    this.#patience = patience
    // It may come when nobody waits for it any more.
    this.#silence.promise.catch(() => {})
  }

  /** That of the check that runs; undefined outside of one. */
  static get current(): CheckWatch | undefined {
    return running.getStore()
  }

  /** Runs a check, for as long as the integration answers. */
  async over<T>(check: () => Promise<T>): Promise<T> {
    const ended = running.run(this, check)
    try {
      return await Promise.race([ended, this.#silence.promise])
    } finally {
      await this.#end(ended)
    }
  }

  /** Has something stopped where the check is given up. */
  uses(one: Stoppable): void {
    this.#inUse.add(one)
  }

  /** Has the check fail, as the integration says nothing. */
  giveUp(sentence: string): void {
    this.#silence.reject(new CheckFailed(sentence))
  }

  /** What still waits fails when its bot stops. The next check begins after that, unless it takes too long. */
  async #end(check: Promise<unknown>): Promise<void> {
    const late = new AbortController()
    const stopped = Promise.allSettled([check, ...[...this.#inUse].map((one) => one.stop())])
    await Promise.race([stopped, sleep(this.#patience, undefined, { signal: late.signal }).catch(() => {})])
    late.abort()
  }
}
