import type { StoredSchema } from '../calls/entity-references.ts'
import { messages } from '../../definition/messages.ts'
import { PlugboardError } from '../../errors/index.ts'
import type { MessageContent } from '../../implementation/consumer-handlers.ts'
import type { Event, Message } from '../../implementation/records.ts'
import { found } from '../clients/found.ts'
import type { Consumer, KeyedHandler } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import type { Clock } from '../ports/clock.ts'
import type { Queue } from '../ports/queue.ts'
import type { InboxItem, Store } from '../ports/store.ts'
import { type HookServices, runHooks } from './hooks.ts'
import { wakeAll } from './lane-worker.ts'

/** What the pipeline works with. */
export interface IncomingServices extends HookServices {
  readonly store: Store
  readonly queue: Queue
  readonly clock: Clock
  /** Masks the secrets in a text. */
  mask(text: string): string
}

/** Takes what came in through its hooks to its handlers. One that fails stops neither the others nor the conversation. */
export class IncomingPipeline {
  readonly #services: IncomingServices

  constructor(services: IncomingServices) {
    this.#services = services
  }

  /** What a stop of the bot cuts off stays in its lane, to be handled when the bot runs again. */
  async handle(item: InboxItem): Promise<void> {
    const { store, signal } = this.#services
    try {
      if (item.record.kind === 'message') await this.#message(item, item.record.message)
      else await this.#event(item, item.record.event)
    } catch (error) {
      if (signal.aborted) return
      await this.#bury(item, 'hooks', error)
    }
    if (!signal.aborted) await store.finishInbox(item)
  }

  async #message(item: InboxItem, message: Message): Promise<void> {
    const { store } = this.#services
    const conversation = found(
      await store.getConversation(message.conversationId),
      'conversation',
      message.conversationId,
      {},
    )
    const user = found(await store.getUser(message.userId), 'user', message.userId, {})
    const propsFor = ({ type, payload }: MessageContent): object => ({
      message: { ...message, type, payload },
      conversation,
      user,
    })
    const types = (): readonly string[] => [message.type]
    const initial: MessageContent = { type: message.type, payload: message.payload as Record<string, unknown> }
    const { data, stopped } = await runHooks(this.#services, 'beforeIncomingMessage', types, item.id, initial, propsFor)
    if (stopped !== undefined) return
    for (const consumer of this.#services.consumers) {
      for (const handler of consumer.handlersFor('message', [data.type])) {
        const content = asDefault(handler.type, data)
        if (content) await this.#run(item, consumer, handler, propsFor(content))
        else
          consumer.logger.warn(
            `a message '${data.type}' does not fit the default message of that type, so its handler is not called`,
            { conversationId: conversation.id },
          )
      }
    }
    await runHooks(this.#services, 'afterIncomingMessage', types, item.id, data, propsFor)
  }

  async #event(item: InboxItem, event: Event): Promise<void> {
    const { store } = this.#services
    const conversation =
      event.conversationId === undefined ? undefined : await store.getConversation(event.conversationId)
    const user = event.userId === undefined ? undefined : await store.getUser(event.userId)
    const types = (consumer: Consumer): readonly string[] => namesFor(consumer, event.type)
    const propsFor = (payload: unknown): object => ({ event: { ...event, payload }, conversation, user })
    const { data, stopped } = await runHooks(
      this.#services,
      'beforeIncomingEvent',
      types,
      item.id,
      event.payload,
      propsFor,
    )
    if (stopped !== undefined) return
    for (const consumer of this.#services.consumers) {
      const names = types(consumer)
      for (const handler of consumer.handlersFor('event', names)) {
        const type = handler.type === '*' ? (names[0] as string) : handler.type
        const own: StoredSchema | undefined = Object.hasOwn(consumer.events, type) ? consumer.events[type] : undefined
        await this.#run(item, consumer, handler, async () => ({
          event: {
            ...event,
            type,
            payload: own ? await own.open(data, { plugin: consumer.alias, event: type }) : data,
          },
          conversation,
          user,
        }))
      }
    }
    await runHooks(this.#services, 'afterIncomingEvent', types, item.id, data, propsFor)
  }

  /** Runs one handler for one item: the unit of effects. */
  async #run(
    item: InboxItem,
    consumer: Consumer,
    handler: KeyedHandler,
    props: object | (() => Promise<object>),
  ): Promise<void> {
    const { store, queue, signal } = this.#services
    if (item.finished.includes(handler.key) || signal.aborted) return
    const run = new HandlerRun(`${item.id}/${handler.key}`, signal)
    try {
      await consumer.run(handler.handler, run, typeof props === 'function' ? await props() : props)
      await wakeAll(queue, await store.finishHandler(item, consumer.alias, handler.key, run.effects))
    } catch (error) {
      if (signal.aborted) return
      consumer.logger.error(`a handler of ${handler.moment} '${handler.type}' failed`, {
        error,
        handler: handler.key,
        ...(item.record.kind === 'message' ? { conversationId: item.record.message.conversationId } : {}),
      })
      await this.#bury(item, handler.key, error)
      await store.finishHandler(item, consumer.alias, handler.key, { messages: [], events: [], states: [], tags: [] })
    }
  }

  async #bury(item: InboxItem, handler: string, error: unknown): Promise<void> {
    const { store, clock, mask } = this.#services
    const code = PlugboardError.isInstance(error) ? error.code : 'handler_failed'
    await store.bury({
      id: item.id,
      lane: item.lane,
      handler,
      item,
      code,
      message: mask(error instanceof Error ? error.message : String(error)),
      at: new Date(clock.now()).toISOString(),
    })
  }
}

/** The names under which a consumer hears an event: its own, those of its needs, and by the alias of where it comes from. */
function namesFor(consumer: Consumer, type: string): readonly string[] {
  const own = type.startsWith(`${consumer.alias}:`) ? [type.slice(consumer.alias.length + 1)] : []
  const needs = Object.values(consumer.slots).flatMap(({ current }) =>
    Object.hasOwn(current.events, type) ? [current.events[type] as string] : [],
  )
  return [...own, ...needs, type]
}

/** The message as a handler of a default type may count on it; undefined if it does not fit. */
function asDefault(type: string, content: MessageContent): MessageContent | undefined {
  if (type === '*' || !Object.hasOwn(messages.defaults, type)) return content
  const result = messages.defaults[type as keyof typeof messages.defaults].schema.safeParse(content.payload)
  return result.success ? { type: content.type, payload: { ...content.payload, ...result.data } } : undefined
}
