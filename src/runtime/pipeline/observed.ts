import { PlugboardError } from '../../errors/index.ts'
import type { KeyedHandler } from '../consumers/consumer.ts'
import { conversationOf, idOf } from '../ports/inbox-record.ts'
import type { InboxItem, OutboxItem } from '../ports/lane-store.ts'
import type { Attributes, Span } from '../telemetry/span.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/** Does the work on what came in as a span that goes on from where it came in. */
export function observedInboxItem<T>(telemetry: Telemetry, item: InboxItem, work: () => Promise<T>): Promise<T> {
  const { record, origin, attempts, trace } = item
  const conversationId = conversationOf(record)
  return telemetry.within(
    conversationId === undefined ? {} : { conversationId },
    {
      name: `handle ${record.kind}`,
      kind: 'consumer',
      parent: trace,
      attributes: {
        ...processing('inbox', idOf(record), conversationId),
        'plugboard.origin': origin,
        'plugboard.type':
          record.kind === 'message' ? record.message.type : record.kind === 'event' ? record.event.type : undefined,
        'plugboard.attempt': attempts + 1,
      },
    },
    work,
  )
}

/** Does the work on what goes out as a span that goes on from where it was made. */
export function observedOutboxItem<T>(telemetry: Telemetry, item: OutboxItem, work: () => Promise<T>): Promise<T> {
  const { id, message, attempts, trace } = item
  const { conversationId } = message
  return telemetry.within(
    { conversationId },
    {
      name: 'send message',
      kind: 'consumer',
      parent: trace,
      attributes: {
        ...processing('outbox', id, conversationId),
        'plugboard.type': message.type,
        'plugboard.attempt': attempts + 1,
      },
    },
    work,
  )
}

/** The conventions for messaging: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/. */
const processing = (destination: string, id: string, conversationId: string | undefined): Attributes => ({
  'messaging.system': 'plugboard',
  'messaging.operation.type': 'process',
  'messaging.operation.name': destination === 'inbox' ? 'handle' : 'send',
  'messaging.destination.name': destination,
  'messaging.message.id': id,
  'messaging.message.conversation_id': conversationId,
})

/** Runs a handler or hook as a span; its duration and outcome are counted. */
export async function observedHandler<T>(
  telemetry: Telemetry,
  consumer: string,
  { moment, type, key }: Pick<KeyedHandler, 'moment' | 'type' | 'key'>,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const start = performance.now()
  const ended = (error: string | undefined): void =>
    telemetry.note({ kind: 'handler', consumer, moment, duration: performance.now() - start, error })
  try {
    const result = await telemetry.within(
      consumer === 'bot' ? {} : { plugin: consumer },
      {
        name: `${moment} of ${consumer}`,
        attributes: {
          'plugboard.consumer': consumer,
          'plugboard.moment': moment,
          'plugboard.handler': key,
          'plugboard.type': type,
        },
      },
      work,
    )
    ended(undefined)
    return result
  } catch (error) {
    ended(PlugboardError.isInstance(error) ? error.code : 'handler_failed')
    throw error
  }
}
