import { PlugboardError, type Where } from '../../errors/index.ts'
import type { ChannelDefinition } from '../../definition/member-definitions.ts'
import type { MessageContent } from '../../implementation/consumer-handlers.ts'
import type { Moment } from '../../implementation/moments.ts'
import type { Conversation, Message } from '../../implementation/records.ts'
import { abortion, located } from '../calls/located.ts'
import { fitToChannel } from '../clients/fit-to-channel.ts'
import { textTags } from '../clients/tags.ts'
import type { Installation } from '../composition/installation.ts'
import { pauseKeys } from '../limits/pauses.ts'
import type { Claim } from '../ports/claim.ts'
import type { Onward, OutboxItem } from '../ports/lane-store.ts'
import { deadline } from './deadline.ts'
import { runHooks } from './hooks.ts'
import { cutOff, type Progress } from './progress.ts'
import { type Known, partiesOf } from './parties.ts'
import { observedOutboxItem } from './observed.ts'
import { crashOf, isOfTheStore } from './handler-failure.ts'
import { MessageWork, type OutgoingServices } from './message-work.ts'

/** Takes messages through their hooks to the platform. */
export class OutgoingPipeline {
  readonly #services: OutgoingServices
  /** The claims under which a send has begun. */
  readonly #begun = new WeakSet<Claim>()

  constructor(services: OutgoingServices) {
    this.#services = services
  }

  /**
   * Sends a message. What a stop of the bot cuts off stays in its lane, to be sent when the bot runs again.
   * @param known The conversation and the user of the message, where they were read with it.
   */
  send(claim: Claim, item: OutboxItem, known: Known): Promise<Progress> {
    return observedOutboxItem(this.#services.telemetry, item, () => this.#take(claim, item, known))
  }

  async #take(claim: Claim, given: OutboxItem, known: Known): Promise<Progress> {
    const { store, signal } = this.#services
    const work = new MessageWork(this.#services, claim, given, known)
    try {
      if (given.state !== 'sent') {
        const message = await this.#send(work)
        if (typeof message === 'number') return message
        if (!message || !this.#hasHooksAfter(message.type)) {
          const onward = await store.finishOutbox(claim, work.item, message)
          if (!message) await this.#withdraw(work.item.message)
          return onward
        }
        await store.sendOutbox(claim, work.item, message)
        work.item = { ...work.item, message, state: 'sent', attempts: 0 }
      }
      await this.#after(work)
      return await store.finishOutbox(claim, work.item, work.item.message)
    } catch (error) {
      if (isOfTheStore(error)) throw error
      return signal.aborted ? cutOff : work.failed(error)
    }
  }

  /** Puts a message aside over which the process has ended again and again. */
  async crashed(claim: Claim, item: OutboxItem): Promise<Onward> {
    const { store, telemetry, logger } = this.#services
    const failure = crashOf(claim)
    telemetry.note({ kind: 'dead letter', of: 'send' })
    logger.error(`a message that was to be sent is put aside: ${failure.message}`, {
      code: failure.code,
      messageId: item.message.id,
      conversationId: item.message.conversationId,
    })
    return store.abandonOutbox(claim, item, 'channel', failure)
  }

  /** Whether a process has ended over the first message of the lane, so that the platform may have it. */
  #maybeSent(claim: Claim): boolean {
    const first = !this.#begun.has(claim)
    this.#begun.add(claim)
    return first && claim.claims > 1
  }

  /** What people have seen of a message while it was made goes, if a hook stops it. */
  async #withdraw(message: Message): Promise<void> {
    const { store, drafts } = this.#services
    const conversation = await store.getConversation(message.conversationId)
    if (conversation) await drafts.withdraw(message, conversation)
  }

  #hasHooksAfter(type: string): boolean {
    return this.#hasHooks('afterOutgoingMessage', type)
  }

  #hasHooks(moment: Moment, type: string): boolean {
    return this.#services.consumers.some((consumer) => consumer.handlersFor(moment, [type]).length > 0)
  }

  /** For how many milliseconds a message has to wait before anything is done for it. */
  async #waits(claim: Claim, item: OutboxItem, { id, integration: alias }: Conversation): Promise<number> {
    const { store, clock, pauses, installation } = this.#services
    const paused = pauses.left(pauseKeys.all(alias), pauseKeys.messages(alias))
    if (paused > 0) await store.delayOutbox(claim, item, clock.now() + paused)
    const limits = installation(alias)?.limits.ofMessages(id) ?? []
    // What hooks do may take long or cost something: it is not done for a message that has to wait afterwards.
    if (paused > 0 || limits.length === 0 || !this.#hasHooks('beforeOutgoingMessage', item.message.type)) return paused
    return store.takeOutboxPlace(claim, item, limits, 'look')
  }

  /** Runs the hooks after a message was sent. One that fails takes nothing back: the platform has the message. */
  async #after({ item, hooks, known }: MessageWork): Promise<void> {
    const { store } = this.#services
    const { message } = item
    const { conversation, user } = await partiesOf(store, message, known)
    const content: MessageContent = { type: message.type, payload: message.payload as Record<string, unknown> }
    const extra = (): object => ({ message, conversation, user })
    const point = { moment: 'afterOutgoingMessage', types: () => [content.type], key: item.id } as const
    await runHooks(hooks, { ...point, conversationId: conversation.id, extra }, content)
  }

  /** Gives the message as it was sent; undefined if a hook stopped it; or for how many milliseconds it has to wait for a place. */
  async #send(work: MessageWork): Promise<Message | undefined | number> {
    const { claim, item, hooks, known } = work
    const { store, installation: installationOf, telemetry } = this.#services
    const { conversation, user } = await partiesOf(store, item.message, known)
    const wait = await this.#waits(claim, item, conversation)
    if (wait > 0) return wait
    const extra = ({ type, payload }: MessageContent): object => ({
      message: { ...item.message, type, payload },
      conversation,
      user,
      draft: false,
    })
    const initial: MessageContent = {
      type: item.message.type,
      payload: item.message.payload as Record<string, unknown>,
    }
    const types = (): readonly string[] => [item.message.type]
    const point = {
      moment: 'beforeOutgoingMessage',
      types,
      key: item.id,
      conversationId: conversation.id,
      extra,
    } as const
    const { data, stopped } = await runHooks(hooks, point, initial)
    if (stopped !== undefined) return undefined
    const where: Where = { integration: conversation.integration, channel: conversation.channel }
    const installation = installationOf(conversation.integration)
    const content = await fitToChannel(installation, conversation, data, where)
    const { alias, definition } = installation as Installation
    const channel = (definition.channels as Readonly<Record<string, ChannelDefinition>>)[conversation.channel]
    const limits = (installation as Installation).limits.ofMessages(conversation.id)
    const later = limits.length === 0 ? 0 : await store.takeOutboxPlace(claim, item, limits, 'take')
    if (later > 0) return later
    const putsAside = channel?.unknownOutcome === 'put-aside'
    if (putsAside) {
      if (item.state === 'sending')
        throw new PlugboardError({
          code: 'outcome_unknown',
          message: `the process ended while integration '${alias}' sent this message, so nobody knows whether it was sent`,
          where,
        })
      await store.beginOutbox(claim, item)
    } else if (this.#maybeSent(claim))
      telemetry.note({ kind: 'unknown outcome', integration: alias, channel: conversation.channel, next: 'repeated' })
    const tags: Record<string, string> = { ...item.message.tags }
    const message: Message = { ...item.message, ...content, tags }
    const ack = async (acknowledgement: { tags: Record<string, string | undefined> }): Promise<void> => {
      const of = `messages of channel '${conversation.channel}' of integration '${conversation.integration}'`
      const given = Object.entries(textTags(acknowledgement.tags, of))
      for (const [name, value] of given) if (value !== undefined) tags[name] = value
      // If the send fails after this, the next attempt is told.
      work.acknowledged = { ...tags }
    }
    const props = { ...content, message, conversation, user, ack }
    await this.#deliver(installation as Installation, props, { channel: conversation.channel, key: item.id, putsAside })
    return Object.freeze({ ...message, tags: Object.freeze({ ...tags }) })
  }

  /** What else is to be sent waits as well, unless the platform asks that of the conversation alone. */
  async #pause({ alias }: Installation, { retryable, retryAfter, retryScope }: PlugboardError): Promise<void> {
    if (!retryable || retryAfter === undefined || retryScope === 'conversation') return
    const key = retryScope === 'installation' ? pauseKeys.all(alias) : pauseKeys.messages(alias)
    // The process itself keeps to it, also if the store cannot be told.
    await this.#services.pauses.begin(key, retryAfter).catch(() => {})
  }

  /**
   * Calls the channel. What it throws may go better next time, unless it says otherwise; where a message must not be
   * sent twice, only if it says so.
   */
  async #deliver(
    installation: Installation,
    props: object & { readonly type: string },
    { channel, key, putsAside }: { readonly channel: string; readonly key: string; readonly putsAside: boolean },
  ): Promise<void> {
    const { clock, signal, timeout, contextFor, telemetry } = this.#services
    const where: Where = { integration: installation.alias, channel }
    installation.assertRegistered(where, clock.now())
    const channels = installation.handlers?.channels as
      | Record<string, { messages: Record<string, (props: object) => Promise<void>> }>
      | undefined
    const handler = channels?.[channel]?.messages[props.type]
    if (!handler)
      throw new PlugboardError({
        code: 'installation_inactive',
        message: `integration '${installation.alias}' is not running`,
        where,
      })
    const time = deadline(clock, timeout, signal, where, !putsAside)
    // A channel that hangs must not hold up a stop.
    const abort = abortion(time.signal, where)
    try {
      await telemetry.span(
        {
          name: `${installation.alias}.${channel}`,
          kind: 'client',
          attributes: {
            'plugboard.integration': installation.alias,
            'plugboard.integration.name': installation.definition.name,
            'plugboard.channel': channel,
            'plugboard.type': props.type,
            'messaging.message.id': key,
          },
        },
        () => Promise.race([handler({ ...contextFor(installation, time.signal, key), ...props }), abort.rejects]),
      )
      telemetry.note({ kind: 'message', direction: 'outgoing', integration: installation.alias })
    } catch (failure) {
      const error = located(failure, where, time.signal, !putsAside)
      await this.#pause(installation, error)
      throw error
    } finally {
      abort.release()
      time.end()
    }
  }
}
