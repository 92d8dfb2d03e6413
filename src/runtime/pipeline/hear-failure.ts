import { PlugboardError } from '../../errors/index.ts'
import type { Failure } from '../../implementation/failure.ts'
import type { HandlerFailedProps } from '../../implementation/consumer-handlers.ts'
import type { FailingMoment } from '../../implementation/moments.ts'
import type { Consumer, KeyedHandler } from '../consumers/consumer.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import { conversationOf, idOf, type InboxRecord } from '../ports/inbox-record.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { deadline } from './deadline.ts'
import { observedHandler } from './observed.ts'

/** The handler that failed for good; `hooks` stands for those around the handlers of an item. */
export type FailedHandler = 'hooks' | { readonly consumer: Consumer; readonly handler: KeyedHandler }

/** What those who hear of a failure are run with. */
export interface HearingServices {
  readonly consumers: readonly Consumer[]
  readonly store: Store
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Milliseconds that a handler has. */
  readonly timeout: number
  readonly telemetry: Telemetry
  readonly mask: SecretMask
}

/** What is known of a handler that failed for good. */
export interface FailedWork {
  readonly failed: FailedHandler
  readonly record: InboxRecord
  readonly error: unknown
  readonly attempts: number
}

/** The key by which a handler is known to its item. */
export const keyOf = (failed: FailedHandler): string => (failed === 'hooks' ? failed : failed.handler.key)

/**
 * Runs the hooks that hear of a handler that failed for good. Gives what they did, to be stored together with the dead letter;
 * undefined where nobody hears. One that fails is left out.
 */
export async function hearFailure(services: HearingServices, work: FailedWork): Promise<HandlerRun | undefined> {
  const { consumers, mask, signal, telemetry, timeout, clock, store } = services
  const { failed, record, error, attempts } = work
  const moment = failed === 'hooks' ? failed : (failed.handler.moment as FailingMoment)
  const hooks = consumers.flatMap((consumer) =>
    consumer.handlersFor('handlerFailed', [moment]).map((hook) => ({ consumer, hook })),
  )
  if (hooks.length === 0) return undefined
  const props: HandlerFailedProps = {
    handler: { consumer: failed === 'hooks' ? undefined : failed.consumer.alias, moment, attempts },
    error: toldFailure(error, mask),
    ...(await aboutOf(store, record)),
  }
  const key = `${idOf(record)}/${keyOf(failed)}/handlerFailed`
  const all = new HandlerRun(key, signal, { conversationId: conversationOf(record) })
  for (const { consumer, hook } of hooks) {
    const where = consumer.alias === 'bot' ? {} : { plugin: consumer.alias }
    const time = deadline(clock, timeout, signal, where)
    const run = all.part(`${key}/${hook.key}`, time.signal, hook.key)
    try {
      await observedHandler(telemetry, consumer.alias, hook, () => consumer.run(hook.handler, run, props))
      all.absorb(run)
    } catch (thrown) {
      // The item would fail for ever by what is there to tell of a failure.
      if (signal.aborted) throw thrown
      consumer.logger.error(`a hook of handlerFailed '${hook.type}' failed`, { error: thrown, handler: hook.key })
    } finally {
      time.end()
    }
  }
  return all
}

/** What hooks are told of an error. */
export function toldFailure(error: unknown, mask: SecretMask): Failure {
  const known = PlugboardError.isInstance(error)
  return {
    code: known ? error.code : 'handler_failed',
    message: mask.text(error instanceof Error ? error.message : String(error)),
    retryable: known ? error.retryable : true,
  }
}

/** What was to be handled, and whom it is about, as far as that is still there. */
async function aboutOf(store: Store, record: InboxRecord) {
  const conversationId = conversationOf(record)
  const userId = userOf(record)
  return {
    message: record.kind === 'message' ? record.message : undefined,
    event: record.kind === 'event' ? record.event : undefined,
    conversation: conversationId === undefined ? undefined : await store.getConversation(conversationId),
    user: userId === undefined ? undefined : await store.getUser(userId),
  }
}

function userOf(record: InboxRecord): string | undefined {
  switch (record.kind) {
    case 'message':
      return record.message.userId
    case 'event':
      return record.event.userId
    case 'state':
      return record.state.type === 'user' ? record.state.id : undefined
    default:
      return record.workflow.userId
  }
}
