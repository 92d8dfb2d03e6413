import type { InterfaceAction, InterfaceDefinition } from './interface-definition.ts'
import type { ActionDefinition, ChannelDefinition, EntityDefinition, EventDefinition } from './member-definitions.ts'
import { readAction } from './member-definitions.ts'
import type { Head } from './members.ts'
import type { Schema } from './schema.ts'

type SchemaBuilder = (entities: Record<string, Schema>) => Schema

/** An action of an interface before the entities are known. */
export interface AbstractAction extends Omit<
  InterfaceAction<unknown>,
  'input' | 'output' | 'stream' | 'downgrade' | 'cost'
> {
  readonly input: { readonly schema: SchemaBuilder }
  readonly output: { readonly schema: SchemaBuilder }
  readonly stream?: { readonly schema: SchemaBuilder }
  readonly cost?: (output: unknown) => number | undefined
  readonly downgrade?: { readonly to: string; readonly items: (output: unknown) => readonly object[] }
}

/** What an interface declares itself, as data: its entities, and builders of the rest. */
export interface InterfaceMembers {
  readonly entities: Readonly<Record<string, EntityDefinition>>
  readonly actions: Readonly<Record<string, AbstractAction>>
  readonly events: Readonly<
    Record<string, { readonly title?: string; readonly description?: string; readonly schema: SchemaBuilder }>
  >
  readonly channels: Readonly<
    Record<
      string,
      {
        readonly title?: string
        readonly description?: string
        readonly messages: Readonly<Record<string, { readonly schema: SchemaBuilder }>>
      }
    >
  >
}

/** The members of an interface for certain entities, those of the interfaces that it builds on included. */
export interface ConcreteMembers {
  readonly actions: Record<string, ActionDefinition>
  readonly events: Record<string, EventDefinition>
  readonly channels: Record<string, ChannelDefinition>
}

/** Reads what an interface declares. */
export function readInterfaceMembers(
  props: Head & { entities?: object; actions?: object; events?: object; channels?: object },
): InterfaceMembers {
  const entities = Object.fromEntries(
    Object.entries((props.entities ?? {}) as Record<string, Omit<EntityDefinition, 'name'>>).map(([name, entity]) => [
      name,
      Object.freeze({ ...entity, name }),
    ]),
  )
  return Object.freeze({
    entities: Object.freeze(entities),
    actions: Object.freeze({ ...props.actions }),
    events: Object.freeze({ ...props.events }),
    channels: Object.freeze({ ...props.channels }),
  })
}

/** Calls the builders of an interface, and of those that it builds on, with the schemas of the entities. */
export function membersWith(definition: InterfaceDefinition, entities: Record<string, Schema>): ConcreteMembers {
  const { members } = definition
  const built: ConcreteMembers = { actions: {}, events: {}, channels: {} }
  for (const { base, mapping, names, metadata } of definition.extensions) {
    const inherited = membersWith(base, entitiesOfBase(mapping, entities))
    for (const [name, action] of Object.entries(inherited.actions)) {
      const final = names.actions[name] ?? name
      built.actions[final] = Object.freeze({ ...action, ...metadata.actions[name], name: final })
    }
    for (const [name, event] of Object.entries(inherited.events)) built.events[names.events[name] ?? name] = event
    for (const [name, channel] of Object.entries(inherited.channels))
      built.channels[names.channels[name] ?? name] = channel
  }
  for (const [name, action] of Object.entries(members.actions)) {
    const { input, output, stream, ...rest } = action
    built.actions[name] = readAction(name, {
      ...rest,
      input: { ...input, schema: input.schema(entities) },
      output: { ...output, schema: output.schema(entities) },
      ...(stream && { stream: { ...stream, schema: stream.schema(entities) } }),
    })
  }
  for (const [name, event] of Object.entries(members.events))
    built.events[name] = Object.freeze({ ...event, schema: event.schema(entities) })
  for (const [name, channel] of Object.entries(members.channels)) {
    const messages = Object.entries(channel.messages).map(
      ([type, message]) => [type, Object.freeze({ ...message, schema: message.schema(entities) })] as const,
    )
    built.channels[name] = Object.freeze({ ...channel, messages: Object.freeze(Object.fromEntries(messages)) })
  }
  return built
}

/** The schemas that the entities of a base interface have, by the mapping of the one that builds on it. */
export function entitiesOfBase<T>(
  mapping: Readonly<Record<string, string>>,
  entities: Record<string, T>,
): Record<string, T> {
  return Object.fromEntries(Object.entries(mapping).map(([name, own]) => [name, entities[own] as T]))
}

/** The names of the members of an interface, those of the interfaces that it builds on included. */
export function memberKeys(definition: InterfaceDefinition): Record<'actions' | 'events' | 'channels', string[]> {
  const keysOf = (section: 'actions' | 'events' | 'channels'): string[] => {
    const inherited = definition.extensions.flatMap(({ base, names }) =>
      memberKeys(base)[section].map((key) => names[section][key] ?? key),
    )
    return [...new Set([...inherited, ...Object.keys(definition.members[section])])]
  }
  return { actions: keysOf('actions'), events: keysOf('events'), channels: keysOf('channels') }
}
