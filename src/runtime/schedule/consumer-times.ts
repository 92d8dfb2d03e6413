import type { Event } from '../../implementation/records.ts'
import type { Consumer } from '../consumers/consumer.ts'
import type { Clock } from '../ports/clock.ts'
import type { HeardState } from '../ports/time-store.ts'
import { newId } from '../new-id.ts'
import type { Recurrence } from './recurring-events.ts'

/** The events of a consumer that happen by the clock. */
export function recurrencesOf({ alias, definition, events }: Consumer, clock: Clock): readonly Recurrence[] {
  return Object.entries(definition.recurringEvents).map(([name, { type, payload, schedule }]) => ({
    owner: alias,
    name,
    cron: schedule.cron,
    event: async (): Promise<Event> => ({
      id: newId(clock.now()),
      type: `${alias}:${type}`,
      payload: await events[type]?.store(payload, alias === 'bot' ? {} : { plugin: alias }),
      createdAt: new Date(clock.now()).toISOString(),
    }),
  }))
}

/** The states of a consumer whose expiry has handlers. */
export function heardStates(consumer: Consumer): readonly HeardState[] {
  const names = Object.keys(consumer.definition.states)
  return names
    .filter((name) => consumer.handlersFor('stateExpired', [name]).length > 0)
    .map((name) => ({ owner: consumer.alias, name }))
}
