import { PlugboardError } from '../errors/index.ts'
import type { ExtensionOf } from './extension.ts'
import { checkExtension } from './validation/check-extension.ts'
import { type ConcreteMembers, entitiesOfBase, memberKeys } from './interface-members.ts'
import type { InterfaceDefinition, InterfaceTypes } from './interface-definition.ts'
import type { IntegrationDefinition } from './integration-definition.ts'
import { type ActionDefinition, type EntityDefinition, mapValues } from './member-definitions.ts'
import { isSealed, seal } from './package.ts'

/** What the callback of `extend()` gives, before it is known to fit. */
export type Extension = ExtensionOf<InterfaceTypes>
export type ExtensionCallback = (own: { entities: never }) => Extension

/** What `extend()` takes beside the mapping. */
export interface ExtensionOptions<TAs extends string = string> {
  /** The name of this implementation, where an interface is implemented more than once. Default: the interface's name. */
  as?: TAs
}

/** That an interface builds on another. */
export interface ExtensionRecord {
  readonly base: InterfaceDefinition
  /** By the entity of the base: the own entity. */
  readonly mapping: Readonly<Record<string, string>>
  readonly names: ExtensionNames
  readonly metadata: { readonly actions: Readonly<Record<string, Partial<ActionDefinition>>> }
}

/** The names that members of an interface have in the definition that extends it, where they differ. */
export interface ExtensionNames {
  readonly actions: Readonly<Record<string, string>>
  readonly events: Readonly<Record<string, string>>
  readonly channels: Readonly<Record<string, string>>
}

/** An action of an interface, as an integration implements it. */
export interface ImplementedAction {
  /** The action in terms of the integration's own entities. */
  readonly action: ActionDefinition
  /** The integration's action; undefined where it lacks the capability. */
  readonly name: string | undefined
  /** Whether the integration's action is its own, with schemas that refine these. */
  readonly refined: boolean
}

/** An interface, as an integration implements it. */
export interface ImplementedInterface {
  readonly interface: InterfaceDefinition
  /** The name of the implementation. */
  readonly as: string
  readonly capabilities: readonly string[]
  /** By the interface's entity: the own one. */
  readonly entities: Readonly<Record<string, EntityDefinition>>
  readonly actions: Readonly<Record<string, ImplementedAction>>
  /** By the interface's event: the own one. */
  readonly events: Readonly<Record<string, string>>
  /** By the interface's channel: the own one. */
  readonly channels: Readonly<Record<string, string>>
}

/** Extends a definition by an interface: checks first, then changes everything or nothing. */
export function extendDefinition(
  definition: IntegrationDefinition | InterfaceDefinition,
  given: unknown,
  callback?: ExtensionCallback,
  options: ExtensionOptions = {},
): void {
  const base = given as InterfaceDefinition
  if (isSealed(definition)) {
    throw new PlugboardError({
      code: 'definition_sealed',
      message: `${definition.kind} '${definition.name}' cannot be extended any more: it is implemented or installed already. Call extend() before new ${definition.kind === 'integration' ? 'IntegrationImplementation' : 'IntegrationDefinition'}(…), implementedBy() and addIntegration().`,
      where: { [definition.kind]: definition.name },
    })
  }
  const own: Readonly<Record<string, EntityDefinition>> =
    definition.kind === 'integration' ? definition.entities : definition.members.entities
  const extension: Extension = callback ? callback({ entities: own as never }) : { entities: {} }
  const as = options.as ?? base?.name
  const { entities, members, repeated } = checkExtension(definition, own, base, extension, as)
  if (repeated) return
  seal(base)
  const names: ExtensionNames = {
    actions: renamed(extension.actions),
    events: renamed(extension.events),
    channels: renamed(extension.channels),
  }
  if (definition.kind === 'interface') {
    const mapping = mapValues(entities, ({ name }) => name)
    ;(definition.extensions as ExtensionRecord[]).push(
      Object.freeze({ base, mapping, names, metadata: { actions: mapValues(extension.actions, metadataOf) } }),
    )
    Object.assign(definition.capabilities, base.capabilities)
    return
  }
  addMembers(definition, members, names, extension)
  implement(definition, base, as, entities, extension.capabilities ?? [], names, members)
}

function renamed(members: Record<string, { name?: string }> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members ?? {}).flatMap(([key, { name }]) =>
      name === undefined || name === key ? [] : [[key, name]],
    ),
  )
}

function metadataOf({
  name: _,
  assume: __,
  ...metadata
}: {
  name?: string
  assume?: boolean
}): Partial<ActionDefinition> {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined))
}

/** Adds the members of the interface to those of the integration. An own member of the same name stays: it refines. */
function addMembers(
  definition: IntegrationDefinition,
  members: ConcreteMembers,
  names: ExtensionNames,
  extension: Extension,
): void {
  const actions = definition.actions as Record<string, ActionDefinition>
  for (const [key, action] of Object.entries(members.actions)) {
    if (action.capability !== undefined && !extension.capabilities?.includes(action.capability)) continue
    const name = names.actions[key] ?? key
    const metadata = metadataOf(extension.actions?.[key] ?? {})
    actions[name] = Object.freeze({
      ...(Object.hasOwn(actions, name) ? actions[name] : action),
      ...metadata,
      name,
    } as ActionDefinition)
  }
  const events = definition.events as Record<string, unknown>
  for (const [key, event] of Object.entries(members.events)) {
    const name = names.events[key] ?? key
    const { name: _, assume: __, ...texts } = extension.events?.[key] ?? {}
    if (!Object.hasOwn(events, name)) events[name] = Object.freeze({ ...event, ...texts })
  }
  const channels = definition.channels as Record<string, ConcreteMembers['channels'][string]>
  for (const [key, channel] of Object.entries(members.channels)) {
    const name = names.channels[key] ?? key
    const { name: _, assume: __, message, conversation, ...texts } = extension.channels?.[key] ?? {}
    const own = Object.hasOwn(channels, name) ? channels[name] : undefined
    channels[name] = Object.freeze({
      ...channel,
      ...own,
      ...texts,
      messages: Object.freeze({ ...channel.messages, ...own?.messages }),
      message: { tags: { ...channel.message?.tags, ...own?.message?.tags, ...message?.tags } },
      conversation: { tags: { ...channel.conversation?.tags, ...own?.conversation?.tags, ...conversation?.tags } },
    })
  }
}

/** Notes that the integration implements the interface, and those that it builds on. */
function implement(
  definition: IntegrationDefinition,
  base: InterfaceDefinition,
  as: string,
  entities: Readonly<Record<string, EntityDefinition>>,
  capabilities: readonly string[],
  names: ExtensionNames,
  members: ConcreteMembers,
): void {
  if (definition.interfaces.some((implemented) => implemented.interface.name === base.name && implemented.as === as))
    return
  const actions = mapValues(members.actions, (action, key): ImplementedAction => {
    const name = names.actions[key] ?? key
    const missing = action.capability !== undefined && !capabilities.includes(action.capability)
    return Object.freeze({
      action,
      name: missing ? undefined : name,
      refined: !missing && definition.actions[name]?.input.schema !== action.input.schema,
    })
  })
  ;(definition.interfaces as ImplementedInterface[]).push(
    Object.freeze({
      interface: base,
      as,
      capabilities: Object.freeze([...capabilities]),
      entities: Object.freeze({ ...entities }),
      actions: Object.freeze(actions),
      events: Object.freeze(mapValues(members.events, (_, key) => names.events[key] ?? key)),
      channels: Object.freeze(mapValues(members.channels, (_, key) => names.channels[key] ?? key)),
    }),
  )
  for (const ancestor of base.extensions) {
    const inherited = ancestorMembers(ancestor, members, names)
    const claimed = capabilities.filter((capability) => Object.hasOwn(ancestor.base.capabilities, capability))
    implement(
      definition,
      ancestor.base,
      as === base.name ? ancestor.base.name : as,
      entitiesOfBase(ancestor.mapping, entities),
      claimed,
      inherited.names,
      inherited.members,
    )
  }
}

const sections = ['actions', 'events', 'channels'] as const

/** What an ancestor calls the members that its descendant inherited, and their final names. */
function ancestorMembers(
  ancestor: ExtensionRecord,
  members: ConcreteMembers,
  names: ExtensionNames,
): { members: ConcreteMembers; names: ExtensionNames } {
  const found: ConcreteMembers = { actions: {}, events: {}, channels: {} }
  const finals = {
    actions: {} as Record<string, string>,
    events: {} as Record<string, string>,
    channels: {} as Record<string, string>,
  }
  const keys = memberKeys(ancestor.base)
  for (const section of sections) {
    for (const key of keys[section]) {
      const name = ancestor.names[section][key] ?? key
      Object.assign(found[section], { [key]: members[section][name] })
      finals[section][key] = names[section][name] ?? name
    }
  }
  return { members: found, names: finals }
}
