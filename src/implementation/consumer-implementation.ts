import type { ConsumerTypes } from '../definition/consumer.ts'
import type { On } from './consumer-handlers.ts'

/** The points in the way of a message, event or call at which a plugin or bot can have handlers. */
export const moments = [
  'message',
  'event',
  'beforeIncomingMessage',
  'afterIncomingMessage',
  'beforeOutgoingMessage',
  'afterOutgoingMessage',
  'beforeIncomingEvent',
  'afterIncomingEvent',
  'beforeOutgoingCallAction',
  'afterOutgoingCallAction',
] as const
export type Moment = (typeof moments)[number]

/** A handler that was registered. */
export interface RegisteredHandler {
  readonly moment: Moment
  /** The type of message, event or action; `*` for all. */
  readonly type: string
  readonly handler: (props: never) => Promise<unknown>
}

/** What plugins' and bots' implementations share: the registered handlers, as data in the order of registration. */
export class ConsumerImplementation<T extends ConsumerTypes, TActions> {
  readonly registered: RegisteredHandler[] = []
  readonly on: On<T, TActions>

  constructor() {
    const on: Record<string, (type: string, handler: RegisteredHandler['handler']) => void> = {}
    for (const moment of moments)
      on[moment] = (type, handler) => void this.registered.push(Object.freeze({ moment, type, handler }))
    this.on = Object.freeze(on) as never
  }
}
