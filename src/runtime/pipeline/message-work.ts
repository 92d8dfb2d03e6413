import { PlugboardError } from '../../errors/index.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Message } from '../../implementation/records.ts'
import type { Installation } from '../composition/installation.ts'
import type { Drafts } from '../drafts/drafts.ts'
import { longestPause, type Pauses } from '../limits/pauses.ts'
import type { Clock } from '../ports/clock.ts'
import type { Queue } from '../ports/queue.ts'
import type { Claim } from '../ports/claim.ts'
import type { OutboxItem } from '../ports/lane-store.ts'
import type { Store } from '../ports/store.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { HookServices } from './hooks.ts'
import type { Progress } from './progress.ts'
import { wakeAll } from './wake-all.ts'
import type { Known } from './parties.ts'
import { type RetryOptions, waitAfter } from './retries.ts'
import { failureOf } from './handler-failure.ts'

/** What the pipeline works with. */
export interface OutgoingServices extends Omit<HookServices, 'apply'> {
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  readonly logger: Logger
  readonly retries: RetryOptions
  /** Milliseconds that a channel has to send a message. */
  readonly timeout: number
  readonly mask: SecretMask
  readonly drafts: Drafts
  readonly pauses: Pauses
  installation(alias: string): Installation | undefined
  /** What a handler of the installation receives, beside the message. */
  contextFor(installation: Installation, signal: AbortSignal, idempotencyKey: string): object
}

/** Milliseconds for which a message waits at most for a platform that asks to wait, all in all. */
const longestWait = 86_400_000

/** The codes of errors after which nobody knows whether the platform has the message. */
const unknowing: readonly string[] = ['timeout', 'vendor_failed', 'vendor_unavailable', 'outcome_unknown']

function noteUnknown(telemetry: Telemetry, error: unknown, next: 'repeated' | 'put aside'): void {
  if (!PlugboardError.isInstance(error) || !unknowing.includes(error.code)) return
  const { integration, channel } = error.where
  if (integration === undefined || channel === undefined) return
  telemetry.note({ kind: 'unknown outcome', integration, channel, next })
}

/** The work on one message under one claim. */
export class MessageWork {
  readonly claim: Claim
  readonly hooks: HookServices
  readonly known: Known
  readonly #services: OutgoingServices
  /** As it is stored. */
  item: OutboxItem
  /** The tags of the message with those that its channel has acknowledged; undefined if it has none. */
  acknowledged: Message['tags'] | undefined

  constructor(services: OutgoingServices, claim: Claim, item: OutboxItem, known: Known) {
    const { store, queue, consumers, signal, telemetry } = services
    this.#services = services
    this.claim = claim
    this.item = item
    this.known = known
    this.hooks = {
      consumers,
      signal,
      telemetry,
      apply: async (run, key) => {
        if (!run.hasEffects || this.item.finished.includes(key)) return
        const effects = { ...run.effects, trace: telemetry.traceparent }
        await wakeAll(queue, await store.finishOutgoingHook(claim, this.item, key, 'bot', effects))
        this.item = { ...this.item, finished: [...this.item.finished, key] }
      },
    }
  }

  /** Notes a failure. Gives how long to wait before the next attempt; if it was the last, how it goes on in the lane. */
  async failed(error: unknown): Promise<Progress> {
    const { store, clock, retries, logger, mask, telemetry } = this.#services
    const { message, state } = this.item
    const told = { ...this.item, message: { ...message, tags: this.acknowledged ?? message.tags } }
    // That the platform takes no more for now is no failure of this message.
    const asked = this.#asked(error)
    const attempts = this.item.attempts + (asked === undefined ? 1 : 0)
    const wait = asked ?? waitAfter(error, attempts, retries)
    const of = state === 'sent' ? 'hook' : 'send'
    telemetry.note(wait === undefined ? { kind: 'dead letter', of } : { kind: 'retry', of })
    noteUnknown(telemetry, error, wait === undefined ? 'put aside' : 'repeated')
    const what = state === 'sent' ? 'a hook after a message that was sent failed' : 'a message could not be sent'
    logger.error(`${what}${wait === undefined ? '' : ' and is tried again'}`, {
      error,
      attempts,
      messageId: message.id,
      conversationId: message.conversationId,
    })
    if (wait === undefined)
      return store.abandonOutbox(
        this.claim,
        told,
        state === 'sent' ? 'hooks' : 'channel',
        failureOf(error, mask, 'vendor_failed'),
      )
    await store.retryOutbox(this.claim, told, attempts, clock.now() + wait)
    return wait
  }

  /** How long the platform asks to wait; undefined where it does not, or for longer than can be waited for. */
  #asked(error: unknown): number | undefined {
    if (!PlugboardError.isInstance(error) || error.code !== 'vendor_rate_limited') return undefined
    const { retryable, retryAfter } = error
    const age = this.#services.clock.now() - Date.parse(this.item.message.createdAt)
    return retryable && retryAfter !== undefined && retryAfter <= longestPause && age < longestWait
      ? retryAfter
      : undefined
  }
}
