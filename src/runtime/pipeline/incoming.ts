import type { StoredSchema } from '../calls/entity-references.ts'
import { messages } from '../../definition/messages.ts'
import type { Where } from '../../errors/index.ts'
import type { MessageContent } from '../../implementation/consumer-handlers.ts'
import type { Moment } from '../../implementation/moments.ts'
import type { Event, Message } from '../../implementation/records.ts'
import { runningWorkflow, shown } from '../clients/workflows.ts'
import type { Consumer, KeyedHandler } from '../consumers/consumer.ts'
import type { HandlerProps } from '../consumers/handler-props.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import {
  conversationOf,
  type ExpiredState,
  idOf,
  type InboxRecord,
  type WorkflowRecord,
} from '../ports/inbox-record.ts'
import type { Claim } from '../ports/claim.ts'
import type { InboxItem, Onward } from '../ports/lane-store.ts'
import { deadline } from './deadline.ts'
import { runHooks } from './hooks.ts'
import { observedHandler, observedInboxItem } from './observed.ts'
import { cutOff, type Progress } from './progress.ts'
import { type Known, partiesOf } from './parties.ts'
import { crashOf, isOfTheStore } from './handler-failure.ts'
import { type IncomingServices, ItemWork } from './item-work.ts'

/** Takes what came in through its hooks to its handlers. One that fails for good stops neither the others nor the conversation. */
export class IncomingPipeline {
  readonly #services: IncomingServices

  constructor(services: IncomingServices) {
    this.#services = services
  }

  /**
   * Handles an item. What a stop of the bot cuts off stays in its lane, to be handled when the bot runs again.
   * @param known The conversation and the user of a message, where they were read with it.
   */
  handle(claim: Claim, item: InboxItem, known: Known): Promise<Progress> {
    return observedInboxItem(this.#services.telemetry, item, () => this.#handle(claim, item, known))
  }

  async #handle(claim: Claim, item: InboxItem, known: Known): Promise<Progress> {
    const { store, signal } = this.#services
    const work = new ItemWork(this.#services, claim, item, known)
    try {
      await this.#hear(work, item.record)
    } catch (error) {
      if (signal.aborted) return work.onward ?? cutOff
      if (error instanceof Again) return error.wait
      if (isOfTheStore(error)) throw error
      const wait = await work.failed('hooks', error)
      if (wait !== undefined) return wait
    }
    if (work.onward) return work.onward
    return signal.aborted ? cutOff : store.finishInbox(claim, work.item)
  }

  /** Puts an item aside over which the process has ended again and again. */
  async crashed(claim: Claim, item: InboxItem): Promise<Onward> {
    const { store, telemetry, logger } = this.#services
    const failure = crashOf(claim)
    telemetry.note({ kind: 'dead letter', of: 'hook' })
    logger.error(`what came in is put aside: ${failure.message}`, {
      code: failure.code,
      recordId: idOf(item.record),
      conversationId: conversationOf(item.record),
    })
    await store.abandonHandler(claim, item, 'hooks', failure)
    return store.finishInbox(claim, item)
  }

  #hear(work: ItemWork, record: InboxRecord): Promise<void> {
    switch (record.kind) {
      case 'message':
        return this.#message(work, record.message)
      case 'event':
        return this.#event(work, record.event)
      case 'state':
        return this.#stateExpired(work, record.state)
      default:
        return this.#workflow(work, record)
    }
  }

  async #message(work: ItemWork, message: Message): Promise<void> {
    const { store, consumers } = this.#services
    const { id, conversationId } = message
    const { conversation, user } = await partiesOf(store, message, work.known)
    const extra = ({ type, payload }: MessageContent): object => ({
      message: { ...message, type, payload },
      conversation,
      user,
    })
    const types = (): readonly string[] => [message.type]
    const initial: MessageContent = { type: message.type, payload: message.payload as Record<string, unknown> }
    const before = { moment: 'beforeIncomingMessage', types, key: id, conversationId, extra } as const
    const { data, stopped } = await runHooks(work.hooks, before, initial)
    if (stopped !== undefined) return
    const runs: ToRun[] = []
    for (const consumer of consumers) {
      for (const handler of consumer.handlersFor('message', [data.type])) {
        const content = asDefault(handler.type, data)
        if (content) runs.push({ consumer, handler, props: () => extra(content) })
        else
          consumer.logger.warn(
            `a message '${data.type}' does not fit the default message of that type, so its handler is not called`,
            { conversationId },
          )
      }
    }
    await this.#runAll(work, runs, this.#hears('afterIncomingMessage', types))
    await runHooks(work.hooks, { moment: 'afterIncomingMessage', types, key: id, conversationId, extra }, data)
  }

  async #event(work: ItemWork, event: Event): Promise<void> {
    const { store, consumers } = this.#services
    const { id, conversationId } = event
    const conversation = conversationId === undefined ? undefined : await store.getConversation(conversationId)
    const user = event.userId === undefined ? undefined : await store.getUser(event.userId)
    const types = (consumer: Consumer): readonly string[] => namesFor(consumer, event.type)
    const extra = (payload: unknown): object => ({ event: { ...event, payload }, conversation, user })
    const before = { moment: 'beforeIncomingEvent', types, key: id, conversationId, extra } as const
    const { data, stopped } = await runHooks(work.hooks, before, event.payload)
    if (stopped !== undefined) return
    const runs = consumers.flatMap((consumer) => {
      const names = types(consumer)
      return consumer.handlersFor('event', names).map((handler): ToRun => {
        const type = handler.type === '*' ? (names[0] as string) : handler.type
        const schema = this.#schemaOf(consumer, type, handler.type === event.type)
        const props = async (): Promise<object> => ({
          event: {
            ...event,
            type,
            payload: schema ? await schema.open(data, { plugin: consumer.alias, event: type }) : data,
          },
          conversation,
          user,
        })
        return { consumer, handler, props }
      })
    })
    await this.#runAll(work, runs, this.#hears('afterIncomingEvent', types))
    await runHooks(work.hooks, { moment: 'afterIncomingEvent', types, key: id, conversationId, extra }, data)
  }

  /** By which a consumer reads what an event has: an own one, or one of a plugin that it asks for by name. */
  #schemaOf(consumer: Consumer, type: string, byName: boolean): StoredSchema | undefined {
    if (Object.hasOwn(consumer.events, type)) return consumer.events[type]
    const owner = byName && this.#services.consumers.find(({ alias }) => type.startsWith(`${alias}:`))
    if (!owner) return undefined
    const name = type.slice(owner.alias.length + 1)
    return Object.hasOwn(owner.events, name) ? owner.events[name] : undefined
  }

  /** Only the owner of a state hears that it has expired. */
  async #stateExpired(work: ItemWork, state: ExpiredState): Promise<void> {
    const { store } = this.#services
    const owner = this.#services.consumers.find(({ alias }) => alias === work.item.origin)
    const schema = owner && Object.hasOwn(owner.states, state.name) ? owner.states[state.name] : undefined
    if (!owner || !schema) return
    const { name, type, id, payload, expiredAt } = state
    const where: Where = owner.alias === 'bot' ? {} : { plugin: owner.alias }
    for (const handler of owner.handlersFor('stateExpired', [name]))
      await this.#run(work, {
        consumer: owner,
        handler,
        props: async () => ({
          state: { name, type, ...(id !== '' && { id }), payload: await schema.open(payload, where), expiredAt },
          conversation: type === 'conversation' ? await store.getConversation(id) : undefined,
          user: type === 'user' ? await store.getUser(id) : undefined,
        }),
      })
  }

  /** Only the owner of a workflow has handlers for it. One that has ended neither starts nor goes on. */
  async #workflow(work: ItemWork, { moment, workflow: { id, name } }: WorkflowRecord): Promise<void> {
    const { store } = this.#services
    const owner = this.#services.consumers.find(({ alias }) => alias === work.item.origin)
    if (!owner || !Object.hasOwn(owner.definition.workflows, name)) return
    for (const handler of owner.handlersFor(moment, [name])) {
      if (!work.wants(handler.key)) continue
      const before = await store.getWorkflow(owner.alias, id)
      if (before?.status === 'pending') await store.beginWorkflow(work.claim, id)
      const workflow = await store.getWorkflow(owner.alias, id)
      if (!workflow || (moment !== 'workflowTimeout' && workflow.status !== 'in_progress')) return
      const { conversationId, userId } = workflow
      const conversation = conversationId === undefined ? undefined : await store.getConversation(conversationId)
      const user = userId === undefined ? undefined : await store.getUser(userId)
      const props = ({ client }: HandlerProps): object => ({
        workflow: moment === 'workflowTimeout' ? shown(workflow) : runningWorkflow(workflow, client as never),
        conversation,
        user,
      })
      await this.#run(work, { consumer: owner, handler, props: () => props })
    }
  }

  /** Runs handlers one after another. The item is finished together with the last, unless hooks follow. */
  async #runAll(work: ItemWork, runs: readonly ToRun[], hooksFollow: boolean): Promise<void> {
    const last = hooksFollow ? undefined : runs.findLast(({ handler }) => work.wants(handler.key))
    for (const run of runs) await this.#run(work, run, run === last)
  }

  /** Whether any consumer has hooks of a moment. */
  #hears(moment: Moment, types: (consumer: Consumer) => readonly string[]): boolean {
    return this.#services.consumers.some((consumer) => consumer.handlersFor(moment, types(consumer)).length > 0)
  }

  /** Runs one handler for one item: the unit of retry and of effects. */
  async #run(work: ItemWork, { consumer, handler, props }: ToRun, isLast = false): Promise<void> {
    const { store, clock, signal, timeout, telemetry, drafts } = this.#services
    if (!work.wants(handler.key) || signal.aborted) return
    const where = consumer.alias === 'bot' ? {} : { plugin: consumer.alias }
    const time = deadline(clock, timeout, signal, where)
    const { recordId } = work
    const run = new HandlerRun(`${recordId}/${handler.key}`, time.signal, {
      deadline: clock.now() + timeout,
      conversationId: conversationOf(work.item.record),
      journal: {
        get: (name) => store.getStep(work.item.id, handler.key, name),
        save: (name, result) => store.saveStep(work.claim, work.item.id, handler.key, name, result),
      },
    })
    try {
      await observedHandler(telemetry, consumer.alias, handler, async () => {
        await consumer.run(handler.handler, run, await props())
        await work.finish(handler.key, consumer.alias, run, isLast)
      })
    } catch (error) {
      if (signal.aborted || isOfTheStore(error)) {
        drafts.forget(run)
        throw error
      }
      const attempts = work.item.attempts + 1
      const wait = await work.failed({ consumer, handler }, error)
      // What people have seen of a message stays until the next attempt replaces it.
      if (wait === undefined) await drafts.settle(run, [])
      consumer.logger.error(
        `a handler of ${handler.moment} '${handler.type}' failed${wait === undefined ? '' : ' and is tried again'}`,
        {
          error,
          handler: handler.key,
          attempts,
        },
      )
      if (wait !== undefined) throw new Again(wait)
    } finally {
      time.end()
    }
  }
}

/** A handler that is to run, and what it receives beside what every handler does. */
interface ToRun {
  readonly consumer: Consumer
  readonly handler: KeyedHandler
  props(): object | Promise<object>
}

/** An item is to be handled again. */
class Again extends Error {
  readonly wait: number

  constructor(wait: number) {
    super('again')
    this.wait = wait
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
