import type { InterfaceDefinition } from '../../definition/interface-definition.ts'
import { messages } from '../../definition/messages.ts'
import { listed } from '../../definition/validation/problem-list.ts'
import type { ErrorCode } from '../../errors/index.ts'
import type { Moment } from '../../implementation/moments.ts'
import type { Installation } from '../composition/installation.ts'
import type { Consumer } from './consumer.ts'

/** What is heard at a moment, where its names depend on what is installed. All others are judged when a handler is registered. */
const subjects: { readonly [K in Moment]?: 'message' | 'event' | 'action' } = {
  message: 'message',
  beforeIncomingMessage: 'message',
  afterIncomingMessage: 'message',
  beforeOutgoingMessage: 'message',
  afterOutgoingMessage: 'message',
  event: 'event',
  beforeIncomingEvent: 'event',
  afterIncomingEvent: 'event',
  beforeOutgoingCallAction: 'action',
  afterOutgoingCallAction: 'action',
  callFailed: 'action',
}

/** Warns of handlers that are never called, as nothing in the bot has what they are for. A plugin may be made for more than a bot has. */
export function warnOfUnheard(consumers: readonly Consumer[], installations: readonly Installation[]): void {
  const types = [...Object.keys(messages.defaults), ...installations.flatMap(messagesOf)]
  const actions = installations.flatMap(({ alias, definition }) =>
    Object.keys(definition.actions).flatMap((name) => [name, `${alias}:${name}`]),
  )
  const events = [...consumers, ...installations].flatMap(({ alias, definition }) =>
    Object.keys(definition.events).map((name) => `${alias}:${name}`),
  )
  for (const { handlers, definition, logger } of consumers) {
    const known = { message: types, action: actions, event: [...eventsOf(definition), ...events] }
    const byPlace = new Map(handlers.map((handler) => [`on.${handler.moment}('${handler.type}')`, handler]))
    for (const [place, { moment, type }] of byPlace) {
      const subject = subjects[moment]
      if (subject === undefined || type === '*' || known[subject].includes(type)) continue
      logger.warn(
        `${place} is never called: nothing that is installed has such ${subject === 'message' ? 'a' : 'an'} ${subject}; there are ${listed(alike(type, known[subject]))}`,
        { code: 'handler_unheard' satisfies ErrorCode, path: place },
      )
    }
  }
}

/** The types of messages that the channels of an integration declare. */
const messagesOf = ({ definition }: Installation): readonly string[] =>
  Object.values(definition.channels as Readonly<Record<string, { readonly messages: object }>>).flatMap((channel) =>
    Object.keys(channel.messages),
  )

/** The events that a consumer hears under names of its own, whatever its needs are bound to. */
const eventsOf = ({ events, needs }: Consumer['definition']): readonly string[] => [
  ...Object.keys(events),
  ...Object.entries(needs).flatMap(([need, { requirements, hears = [] }]) =>
    [...requirements.map((requirement) => requirement.interface), ...hears]
      .flatMap(eventsOfInterface)
      .map((name) => `${need}:${name}`),
  ),
]

/** The events of an interface, those of the interfaces that it builds on included. */
const eventsOfInterface = ({ members, extensions }: InterfaceDefinition): readonly string[] => [
  ...Object.keys(members.events),
  ...extensions.flatMap(({ base, names }) => eventsOfInterface(base).map((name) => names.events[name] ?? name)),
]

/** What may have been meant: the names of the same alias or need, or those without one; all where there are none. */
function alike(type: string, names: readonly string[]): readonly string[] {
  const start = type.slice(0, type.indexOf(':') + 1)
  const found = names.filter((name) => name.slice(0, name.indexOf(':') + 1) === start)
  return [...new Set(found.length > 0 ? found : names)]
}
