import { PlugboardError, type Where } from '../../errors/index.ts'
import type { MessageContent } from '../../implementation/consumer-handlers.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Message } from '../../implementation/records.ts'
import { abortion, located } from '../calls/located.ts'
import { fitToChannel } from '../clients/consumer-client.ts'
import { found } from '../clients/found.ts'
import { textTags } from '../clients/tags.ts'
import type { Installation } from '../composition/installation.ts'
import type { Clock } from '../ports/clock.ts'
import type { OutboxItem, Store } from '../ports/store.ts'
import { type HookServices, runHooks } from './hooks.ts'

/** What the pipeline works with. */
export interface OutgoingServices extends HookServices {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  /** Masks the secrets in a text. */
  mask(text: string): string
  installation(alias: string): Installation | undefined
  /** What a handler of the installation receives, beside the message. */
  contextFor(installation: Installation, signal: AbortSignal, idempotencyKey: string): object
}

/** A message that the platform took, and whose it is. */
interface Sent {
  readonly message: Message
  readonly props: object
}

const attempts = 3
const longestWait = 30_000

/** Takes messages through their hooks to the platform. */
export class OutgoingPipeline {
  readonly #services: OutgoingServices

  constructor(services: OutgoingServices) {
    this.#services = services
  }

  /** What a stop of the bot cuts off stays in its lane, to be sent when the bot runs again. */
  async send(item: OutboxItem): Promise<void> {
    const { store, logger, signal } = this.#services
    let sent: Sent | undefined
    try {
      sent = await this.#send(item)
    } catch (error) {
      if (signal.aborted) return
      logger.error('a message could not be sent', {
        error,
        messageId: item.message.id,
        conversationId: item.message.conversationId,
      })
      await this.#bury(item, 'channel', error)
    }
    await store.finishOutbox(item, sent?.message)
    if (sent) await this.#after(item, sent)
  }

  /** Runs the hooks after a message was sent. One that fails takes nothing back: the platform has the message. */
  async #after(item: OutboxItem, { message, props }: Sent): Promise<void> {
    const { logger, signal } = this.#services
    const content: MessageContent = { type: message.type, payload: message.payload as Record<string, unknown> }
    try {
      await runHooks(
        this.#services,
        'afterOutgoingMessage',
        () => [content.type],
        item.id,
        content,
        () => ({
          ...props,
          message,
        }),
      )
    } catch (error) {
      if (signal.aborted) return
      logger.error('a hook after a message that was sent failed', {
        error,
        messageId: message.id,
        conversationId: message.conversationId,
      })
      await this.#bury(item, 'hooks', error)
    }
  }

  async #bury(item: OutboxItem, handler: string, error: unknown): Promise<void> {
    const { store, clock, mask } = this.#services
    await store.bury({
      id: item.id,
      lane: item.lane,
      handler,
      item,
      code: PlugboardError.isInstance(error) ? error.code : 'vendor_failed',
      message: mask(error instanceof Error ? error.message : String(error)),
      at: new Date(clock.now()).toISOString(),
    })
  }

  /** Gives the message as it was sent; undefined if a hook stopped it. */
  async #send(item: OutboxItem): Promise<Sent | undefined> {
    const { store, installation: installationOf } = this.#services
    const conversation = found(
      await store.getConversation(item.message.conversationId),
      'conversation',
      item.message.conversationId,
      {},
    )
    const user = found(await store.getUser(item.message.userId), 'user', item.message.userId, {})
    const propsFor = ({ type, payload }: MessageContent): object => ({
      message: { ...item.message, type, payload },
      conversation,
      user,
    })
    const initial: MessageContent = {
      type: item.message.type,
      payload: item.message.payload as Record<string, unknown>,
    }
    const types = (): readonly string[] => [item.message.type]
    const { data, stopped } = await runHooks(this.#services, 'beforeOutgoingMessage', types, item.id, initial, propsFor)
    if (stopped !== undefined) return undefined
    const installation = installationOf(conversation.integration)
    const where: Where = { integration: conversation.integration, channel: conversation.channel }
    const content = await fitToChannel(installation, conversation, data, where)
    const tags: Record<string, string> = { ...item.message.tags }
    const message: Message = { ...item.message, ...content, tags }
    const ack = async (acknowledgement: { tags: Record<string, string | undefined> }): Promise<void> => {
      const of = `messages of channel '${conversation.channel}' of integration '${conversation.integration}'`
      const given = Object.entries(textTags(acknowledgement.tags, of))
      for (const [name, value] of given) if (value !== undefined) tags[name] = value
    }
    const props = { ...content, message, conversation, user, ack }
    await this.#deliver(installation as Installation, props, conversation.channel, item.id, where)
    return { message: Object.freeze({ ...message, tags: Object.freeze({ ...tags }) }), props: { conversation, user } }
  }

  /** Calls the channel; again, if the platform says that it may work later. */
  async #deliver(
    installation: Installation,
    props: object & { readonly type: string },
    channel: string,
    key: string,
    where: Where,
  ): Promise<void> {
    const { clock, signal, contextFor } = this.#services
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
    for (let attempt = 1; ; attempt += 1) {
      // A channel that hangs must not hold up a stop.
      const abort = abortion(signal, where)
      try {
        await Promise.race([handler({ ...contextFor(installation, signal, key), ...props }), abort.rejects])
        return
      } catch (failure) {
        const error = located(failure, where, signal)
        const wait = error.retryAfter ?? 250 * 2 ** (attempt - 1)
        if (!error.retryable || attempt === attempts || wait > longestWait) throw error
        await clock.sleep(wait, signal)
      } finally {
        abort.release()
      }
    }
  }
}
