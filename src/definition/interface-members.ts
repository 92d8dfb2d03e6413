import type { InterfaceAction, InterfaceDefinition } from './interface-definition.ts'
import { frozenCopy } from './frozen-copy.ts'
import {
  type ActionDefinition,
  type ChannelDefinition,
  type EntityDefinition,
  type EventDefinition,
  mapValues,
  readAction,
} from './member-definitions.ts'
import type { Section } from './members.ts'
import { refineAction, refineChannel, refineEvent } from './refine-members.ts'
import type { Schema } from './schema.ts'

type Entities = Readonly<Record<string, Schema>>
type SchemaBuilder = (entities: Entities) => Schema

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

/** Reads what an interface declares, which was checked. */
export function readInterfaceMembers(props: object): InterfaceMembers {
  const { entities, actions = {}, events = {}, channels = {} } = frozenCopy(props) as Partial<InterfaceMembers>
  return Object.freeze({
    entities: Object.freeze(mapValues(entities, (entity, name) => Object.freeze({ ...entity, name }))),
    actions: Object.freeze(actions),
    events: Object.freeze(events),
    channels: Object.freeze(channels),
  })
}

/** What was built for one definition. A builder is called once for the same entities, so a member that is inherited on several ways is one. */
export class Builds {
  /** The builders that threw. What was built is of no use then. */
  readonly failures: { readonly path: string; readonly error: unknown }[] = []
  readonly #built: {
    readonly from: InterfaceMembers
    readonly entities: Entities
    readonly members: ConcreteMembers
  }[] = []

  /** The members that an interface declares itself, for certain entities. */
  membersOf(from: InterfaceMembers, entities: Entities): ConcreteMembers {
    const names = Object.keys(from.entities)
    const earlier = this.#built.find(
      (build) => build.from === from && names.every((name) => build.entities[name] === entities[name]),
    )
    if (earlier) return earlier.members
    const members = this.#build(from, entities)
    this.#built.push({ from, entities, members })
    return members
  }

  #build(from: InterfaceMembers, entities: Entities): ConcreteMembers {
    const built = <T extends { readonly schema: SchemaBuilder }>(declaration: T, path: string) =>
      Object.freeze({ ...declaration, schema: this.#call(declaration.schema, entities, path) })
    return {
      actions: mapValues(from.actions, ({ input, output, stream, ...rest }, name) =>
        readAction(name, {
          ...rest,
          input: built(input, `actions.${name}.input`),
          output: built(output, `actions.${name}.output`),
          stream: stream && built(stream, `actions.${name}.stream`),
        }),
      ),
      events: mapValues(from.events, (event, name) => built(event, `events.${name}`)),
      channels: mapValues(from.channels, (channel, name) =>
        Object.freeze({
          ...channel,
          messages: Object.freeze(
            mapValues(channel.messages, (message, type) => built(message, `channels.${name}.messages.${type}`)),
          ),
        }),
      ),
    }
  }

  #call(build: SchemaBuilder, entities: Entities, path: string): Schema {
    try {
      return build(entities)
    } catch (error) {
      this.failures.push({ path, error })
      return undefined as never
    }
  }
}

/** The members of an interface for certain entities, those of the interfaces that it builds on included. */
export function membersWith(
  definition: InterfaceDefinition,
  entities: Entities,
  builds: Builds = new Builds(),
): ConcreteMembers {
  const all: ConcreteMembers = { actions: {}, events: {}, channels: {} }
  for (const { base, mapping, names, overrides } of definition.extensions) {
    const inherited = membersWith(base, entitiesOfBase(base, mapping, entities, schemaOf), builds)
    for (const [key, action] of Object.entries(inherited.actions)) {
      const name = names.actions[key] ?? key
      all.actions[name] = refineAction(name, action, all.actions[name], overrides.actions[key])
    }
    for (const [key, event] of Object.entries(inherited.events)) {
      const name = names.events[key] ?? key
      all.events[name] = refineEvent(event, all.events[name], overrides.events[key])
    }
    for (const [key, channel] of Object.entries(inherited.channels)) {
      const name = names.channels[key] ?? key
      all.channels[name] = refineChannel(channel, all.channels[name], overrides.channels[key])
    }
  }
  const own = builds.membersOf(definition.members, entities)
  for (const [name, action] of Object.entries(own.actions))
    all.actions[name] = all.actions[name] ? refineAction(name, all.actions[name], action) : action
  for (const [name, event] of Object.entries(own.events))
    all.events[name] = all.events[name] ? refineEvent(all.events[name], event) : event
  for (const [name, channel] of Object.entries(own.channels))
    all.channels[name] = all.channels[name] ? refineChannel(all.channels[name], channel) : channel
  return all
}

/** The schema of an entity. */
export const schemaOf = ({ schema }: EntityDefinition): Schema => schema

/**
 * What stands for the entities of an interface by the mapping of one that builds on it. An optional entity that is not
 * mapped is what `declared` makes of the interface's own.
 */
export function entitiesOfBase<T>(
  base: InterfaceDefinition,
  mapping: Readonly<Record<string, string>>,
  entities: Readonly<Record<string, T>>,
  declared: (entity: EntityDefinition) => T,
): Record<string, T> {
  return mapValues(base.members.entities, (entity, name) => {
    const own = mapping[name]
    return own === undefined ? declared(entity) : (entities[own] as T)
  })
}

/** The names of the members of an interface, those of the interfaces that it builds on included. */
export function memberKeys(definition: InterfaceDefinition): Record<Section, string[]> {
  const keysOf = (section: Section): string[] => {
    const inherited = definition.extensions.flatMap(({ base, names }) =>
      memberKeys(base)[section].map((key) => names[section][key] ?? key),
    )
    return [...new Set([...inherited, ...Object.keys(definition.members[section])])]
  }
  return { actions: keysOf('actions'), events: keysOf('events'), channels: keysOf('channels') }
}
