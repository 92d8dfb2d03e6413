import type { Logger } from '../../implementation/logger.ts'
import type { HandlerRun } from '../consumers/handler-run.ts'
import type { Drafts } from '../drafts/drafts.ts'
import type { Queue } from '../ports/queue.ts'
import { conversationOf, idOf } from '../ports/inbox-record.ts'
import type { Claim } from '../ports/claim.ts'
import type { InboxItem, Onward } from '../ports/lane-store.ts'
import { type FailureObserver, failureOf } from './handler-failure.ts'
import { type FailedHandler, type HearingServices, hearFailure, keyOf } from './hear-failure.ts'
import type { HookServices } from './hooks.ts'
import { wakeAll } from './wake-all.ts'
import type { Known } from './parties.ts'
import { type RetryOptions, waitAfter } from './retries.ts'

/** What the pipeline works with. */
export interface IncomingServices extends Omit<HookServices, 'apply'>, HearingServices {
  readonly queue: Queue
  readonly logger: Logger
  readonly retries: RetryOptions
  /** Who is told of handlers that fail. */
  readonly failureObservers: ReadonlySet<FailureObserver>
  readonly drafts: Drafts
}

/** The work on one item under one claim: what is finished is noted as it goes on. */
export class ItemWork {
  readonly claim: Claim
  readonly known: Known
  readonly hooks: HookServices
  readonly #services: IncomingServices
  item: InboxItem
  /** How it goes on in the lane, once the item was finished together with its last handler. */
  onward: Onward | undefined

  constructor(services: IncomingServices, claim: Claim, item: InboxItem, known: Known) {
    this.#services = services
    this.claim = claim
    this.item = item
    this.known = known
    this.hooks = {
      consumers: services.consumers,
      telemetry: services.telemetry,
      signal: services.signal,
      apply: async (run, key) => {
        if (run.hasEffects && !this.item.finished.includes(key)) await this.finish(key, 'bot', run)
      },
    }
  }

  /** The same for every attempt, also where a dead letter is tried again. */
  get recordId(): string {
    return idOf(this.item.record)
  }

  wants(handler: string): boolean {
    return (this.item.only ?? handler) === handler && !this.item.finished.includes(handler)
  }

  async finish(key: string, origin: string, run: HandlerRun, isLast = false): Promise<void> {
    const { store, queue, telemetry, drafts } = this.#services
    const effects = { ...run.effects, trace: telemetry.traceparent }
    if (isLast) {
      const { woken, ...onward } = await store.finishLastHandler(this.claim, this.item, origin, effects)
      this.onward = onward
      await wakeAll(queue, woken)
    } else await wakeAll(queue, await store.finishHandler(this.claim, this.item, key, origin, effects))
    this.#noteFinished(key)
    await drafts.settle(run, effects.messages)
  }

  /** Notes a failure. Gives how long to wait before the next attempt; undefined if it was the last. */
  async failed(failed: FailedHandler, error: unknown): Promise<number | undefined> {
    const { store, clock, queue, retries, mask, telemetry, drafts } = this.#services
    const attempts = this.item.attempts + 1
    const wait = this.#told(error, waitAfter(error, attempts, retries))
    const of = failed === 'hooks' ? 'hook' : 'handler'
    telemetry.note(wait === undefined ? { kind: 'dead letter', of } : { kind: 'retry', of })
    if (wait === undefined) {
      const key = keyOf(failed)
      const heard = await hearFailure(this.#services, { failed, record: this.item.record, error, attempts })
      const effects = heard && { ...heard.effects, trace: telemetry.traceparent }
      await wakeAll(queue, await store.abandonHandler(this.claim, this.item, key, failureOf(error, mask), effects))
      this.#noteFinished(key)
      if (heard) await drafts.settle(heard, heard.effects.messages)
    } else await store.retryHandler(this.claim, this.item, attempts, clock.now() + wait)
    return wait
  }

  /** Tells of a failure. Gives how long to wait then: whoever hears of it may have it put aside. */
  #told(error: unknown, wait: number | undefined): number | undefined {
    const { failureObservers, retries } = this.#services
    const conversationId = conversationOf(this.item.record)
    const failure = { error, conversationId, again: wait !== undefined, isTold: Object.keys(retries).length > 0 }
    const answers = [...failureObservers].map((observer) => observer(failure))
    return answers.includes('put aside') ? undefined : wait
  }

  #noteFinished(key: string): void {
    this.item = { ...this.item, finished: [...this.item.finished, key], attempts: 0, notBefore: 0 }
  }
}
