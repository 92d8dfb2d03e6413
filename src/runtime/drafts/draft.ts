import type { ChannelDefinition } from '../../definition/member-definitions.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { MessageContent } from '../../implementation/consumer-handlers.ts'
import type { Conversation, User } from '../../implementation/records.ts'
import { abortion, located } from '../calls/located.ts'
import { fitToChannel } from '../clients/fit-to-channel.ts'
import { textTags } from '../clients/tags.ts'
import type { Installation } from '../composition/installation.ts'
import type { Consumer } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import { deadline } from '../pipeline/deadline.ts'
import { type Pauses, pauseKeys } from '../limits/pauses.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { outgoingLane } from '../ports/lane-names.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { DraftedMessage } from './streamed-message.ts'

/** What a draft works with. */
export interface DraftServices {
  readonly consumers: readonly Consumer[]
  readonly store: Store
  readonly clock: Clock
  readonly installation: Installation
  readonly logger: Logger
  readonly pauses: Pauses
  contextFor(installation: Installation, signal: AbortSignal, idempotencyKey: string): object
}

/** What a draft is of. */
export interface DraftSubject {
  readonly message: DraftedMessage
  readonly conversation: Conversation
  /** The bot. */
  readonly user: User
  /** The run of the handler that makes the message. */
  readonly run: HandlerRun
}

/** How a channel shows drafts. */
export interface DraftHandlers {
  readonly drafts: Readonly<Record<string, (props: object) => Promise<void>>>
  readonly discardDraft?: (props: object) => Promise<void>
}

/** Milliseconds that a channel has to show a draft. */
const longest = 10_000
/** Milliseconds before the first draft. */
const breath = 10
/** Milliseconds between two drafts, unless the channel says otherwise. */
const usualPause = 100
/** Milliseconds between two looks whether messages wait that are to be sent before. */
const pauseBehindOthers = 250
/** Milliseconds after a draft that could not be shown, and how often that may happen. */
const pauseAfterFailure = 2000
const mostFailures = 3
/** Milliseconds for which the tags of a draft are kept for another attempt. */
const keptFor = 3_600_000

/**
 * A message while it is made, as its channel shows it: always the latest content, one after another, and not faster than
 * the channel wants them. That one cannot be shown harms nothing: the message itself follows.
 */
export class Draft {
  readonly #services: DraftServices
  readonly #subject: DraftSubject
  readonly #handlers: DraftHandlers
  readonly #where: Where
  readonly #pause: number
  readonly #closed = new AbortController()
  /** What the platform calls the draft, as its channel has acknowledged it. */
  #tags: Readonly<Record<string, string>> | undefined
  #latest: MessageContent | undefined
  #shown: MessageContent | undefined
  #showing: Promise<void> | undefined
  #count = 0
  #failures = 0

  constructor(services: DraftServices, subject: DraftSubject, handlers: DraftHandlers) {
    const { conversation } = subject
    const channels = services.installation.definition.channels as Readonly<Record<string, ChannelDefinition>>
    this.#services = services
    this.#subject = subject
    this.#handlers = handlers
    this.#where = { integration: conversation.integration, channel: conversation.channel }
    this.#pause = channels[conversation.channel]?.drafts?.every ?? usualPause
  }

  get tags(): Readonly<Record<string, string>> {
    return this.#tags ?? {}
  }

  get conversationId(): string {
    return this.#subject.conversation.id
  }

  /** Whether the channel has shown anything of it. */
  get wasShown(): boolean {
    return this.#shown !== undefined
  }

  /** Shows this as soon as the channel can take it, unless something later comes first. */
  push(content: MessageContent): void {
    this.#latest = content
    this.#showing ??= this.#showAll()
  }

  /** Shows nothing more. Resolves once nothing of it is on its way, so that the message itself comes last. */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.#showing
  }

  /** Has the channel take away what it has shown. */
  async discard(content = this.#shown): Promise<void> {
    if (content && this.#handlers.discardDraft) await this.#call(this.#handlers.discardDraft, content)
  }

  async #showAll(): Promise<void> {
    const { clock } = this.#services
    const over = AbortSignal.any([this.#closed.signal, this.#subject.run.signal])
    try {
      // Of what comes at once, or ends at once, one thing is shown.
      await clock.sleep(breath, over)
      while (this.#latest && !over.aborted && this.#failures < mostFailures) {
        const content = this.#latest
        this.#latest = undefined
        const pause = await this.#show(content)
        await clock.sleep(pause, over)
      }
    } catch (error) {
      if (over.aborted) return
      this.#failures = mostFailures
      this.#services.logger.warn('a message cannot be shown while it is made', { error })
    } finally {
      this.#showing = undefined
    }
  }

  /** Shows what the message is until now. Gives how long to wait before the next one. */
  async #show(content: MessageContent): Promise<number> {
    if (!(await this.#isFirst())) {
      this.#latest ??= content
      return pauseBehindOthers
    }
    const fitting = await this.#fitting(content)
    const handler = fitting && this.#handlers.drafts[fitting.type]
    if (!handler) return this.#pause
    const wait = await this.#waits()
    if (wait > 0) {
      this.#latest ??= content
      return Math.max(this.#pause, wait)
    }
    try {
      await this.#call(handler, fitting)
      this.#shown = fitting
      return this.#pause
    } catch (error) {
      this.#failures += 1
      this.#services.logger.warn('a draft of a message could not be shown', { error, failures: this.#failures })
      this.#latest ??= content
      const retryAfter = PlugboardError.isInstance(error) ? error.retryAfter : undefined
      return Math.max(this.#pause, retryAfter ?? pauseAfterFailure)
    }
  }

  /** Milliseconds until the platform may take a draft: it takes what messages leave. */
  async #waits(): Promise<number> {
    const { installation, store, pauses } = this.#services
    const { alias } = installation
    const paused = pauses.left(pauseKeys.all(alias), pauseKeys.messages(alias))
    const limits = installation.limits.ofMessages(this.conversationId)
    if (paused > 0 || limits.length === 0) return paused
    return (await store.takePlace(limits, { as: 'spare' })).wait
  }

  /** Whether no message waits that is to be sent before: a draft must not overtake it. */
  async #isFirst(): Promise<boolean> {
    return this.wasShown || (await this.#services.store.nextOutbox(outgoingLane(this.conversationId))) === undefined
  }

  /** The content as hooks let it through and the channel can carry it; undefined for what is not to be seen, or not yet whole. */
  async #fitting(given: MessageContent): Promise<MessageContent | undefined> {
    const { installation, consumers } = this.#services
    const { conversation, message, user, run } = this.#subject
    const fit = async (content: MessageContent): Promise<MessageContent> =>
      (await fitToChannel(installation, conversation, content, this.#where)) as MessageContent
    try {
      const fitted = await fit(given)
      let content = fitted
      for (const consumer of consumers) {
        for (const hook of consumer.handlersFor('beforeOutgoingMessage', [fitted.type])) {
          if (!hook.takesDrafts) return undefined
          const { type, payload } = content
          const extra = { message: { ...message, type, payload }, conversation, user, data: content, draft: true }
          // What a hook does beside is done once, with the message itself.
          const own = new HandlerRun(`${message.id}/draft/${hook.key}`, run.signal, {
            hooks: [hook.key],
            conversationId: message.conversationId,
          })
          const result = (await consumer.run(hook.handler, own, extra)) as
            | { data?: MessageContent; stop?: boolean }
            | undefined
          if (result?.stop) return undefined
          content = result?.data ?? content
        }
      }
      return content === fitted ? fitted : await fit(content)
    } catch (error) {
      // What is not yet whole does not fit its schema.
      if (PlugboardError.isInstance(error) && error.code === 'payload_invalid') return undefined
      throw error
    }
  }

  async #call(handler: (props: object) => Promise<void>, content: MessageContent): Promise<void> {
    const { clock, contextFor, installation } = this.#services
    const { message, conversation, user, run } = this.#subject
    const time = deadline(clock, longest, run.signal, this.#where)
    const abort = abortion(time.signal, this.#where)
    this.#tags ??= await this.#keptTags()
    const tags: Record<string, string> = { ...message.tags, ...this.#tags }
    const acknowledged: Record<string, string> = {}
    const ack = async (given: { tags: Record<string, string | undefined> }): Promise<void> => {
      for (const [name, value] of Object.entries(textTags(given.tags, 'a draft')))
        if (value !== undefined) acknowledged[name] = tags[name] = value
    }
    const context = contextFor(installation, time.signal, `${message.id}/draft/${(this.#count += 1)}`)
    try {
      const props = { ...context, ...content, message: { ...message, ...content, tags }, conversation, user, ack }
      await Promise.race([handler(props), abort.rejects])
    } catch (error) {
      throw located(error, this.#where, time.signal)
    } finally {
      abort.release()
      time.end()
      await this.#keepTags(acknowledged)
    }
  }

  get #place() {
    const { alias: owner } = this.#services.installation
    return { owner, type: 'draft', name: this.#subject.conversation.channel, id: this.#subject.message.id }
  }

  /** The tags of the draft of an earlier attempt, in whatever process that was. */
  async #keptTags(): Promise<Readonly<Record<string, string>>> {
    const state = await this.#services.store.getState(this.#place)
    return (state?.payload ?? {}) as Readonly<Record<string, string>>
  }

  async #keepTags(acknowledged: Readonly<Record<string, string>>): Promise<void> {
    if (Object.entries(acknowledged).every(([name, value]) => this.tags[name] === value)) return
    this.#tags = { ...this.#tags, ...acknowledged }
    const state = { ...this.#place, payload: this.#tags, expiry: keptFor, heard: false }
    await this.#services.store.apply(this.#services.installation.alias, {
      messages: [],
      events: [],
      states: [state],
      tags: [],
    })
  }
}
