import { PlugboardError } from '../errors/index.ts'
import type { ExtensionOf } from './extension.ts'
import { implementations } from './implementations.ts'
import type { IntegrationDefinition } from './integration-definition.ts'
import type { InterfaceDefinition, InterfaceTypes } from './interface-definition.ts'
import { Builds } from './interface-members.ts'
import type { ActionDefinition, EntityDefinition } from './member-definitions.ts'
import { isSealed, seal } from './package.ts'
import { type Overrides, refineAction, refineChannel, refineEvent } from './refine-members.ts'
import { checkExtension, type CheckedExtension } from './validation/check-extension.ts'

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
  /** What it says anew of the members of the base. */
  readonly overrides: Overrides
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
  /** The own members of which only the author's word, `assume: true`, says that they refine the interface's: `actions.generate`. */
  readonly assumed: readonly string[]
  /** By the interface's entity: the own one. */
  readonly entities: Readonly<Record<string, EntityDefinition>>
  readonly actions: Readonly<Record<string, ImplementedAction>>
  /** By the interface's event: the own one. */
  readonly events: Readonly<Record<string, string>>
  /** By the interface's channel: the own one. */
  readonly channels: Readonly<Record<string, string>>
}

/** What was built for each definition, for as long as there is the definition. */
const buildsOf = new WeakMap<object, Builds>()

/** Extends a definition by an interface: checks first, then changes everything or nothing. */
export function extendDefinition(
  definition: IntegrationDefinition | InterfaceDefinition,
  given: unknown,
  callback?: ExtensionCallback,
  options?: ExtensionOptions,
): void {
  if (isSealed(definition)) {
    const uses =
      definition.kind === 'integration'
        ? 'new IntegrationImplementation(…), implementedBy() and addIntegration()'
        : 'another definition extends it'
    throw new PlugboardError({
      code: 'definition_sealed',
      message: `${definition.kind} '${definition.name}' cannot be extended any more: it is ${definition.kind === 'integration' ? 'implemented or installed' : 'built on'} already. Call extend() before ${uses}.`,
      where: { [definition.kind]: definition.name },
    })
  }
  const builds = buildsOf.get(definition) ?? new Builds()
  buildsOf.set(definition, builds)
  const extension = checkExtension(definition, given, callback, options, builds)
  seal(extension.base)
  if (definition.kind === 'integration') Object.assign(definition, extendedIntegration(definition, extension, builds))
  else Object.assign(definition, extendedInterface(definition, extension))
}

/** What an interface is after an extension. */
function extendedInterface(
  { extensions, capabilities }: InterfaceDefinition,
  { base, ownEntities, names, overrides, repeated }: CheckedExtension,
): Partial<InterfaceDefinition> {
  if (repeated) return {}
  const mapped = Object.entries(ownEntities).filter(([name, entity]) => entity !== base.members.entities[name])
  const mapping = Object.fromEntries(mapped.map(([name, entity]) => [name, entity.name]))
  return {
    extensions: Object.freeze([
      ...extensions,
      Object.freeze({ base, mapping: Object.freeze(mapping), names, overrides }),
    ]),
    capabilities: Object.freeze({ ...base.capabilities, ...capabilities }),
  }
}

/** What an integration is after an extension. An own member of the interface's name stays: it refines. */
function extendedIntegration(
  definition: IntegrationDefinition,
  extension: CheckedExtension,
  builds: Builds,
): Partial<IntegrationDefinition> {
  const { members, names, overrides, capabilities, repeated } = extension
  const actions = { ...(definition.actions as Readonly<Record<string, ActionDefinition>>) }
  for (const [key, action] of Object.entries(members.actions)) {
    if (action.capability !== undefined && !capabilities.includes(action.capability)) continue
    const name = names.actions[key] ?? key
    actions[name] = refineAction(name, action, actions[name], overrides.actions[key])
  }
  const events = { ...definition.events } as Record<string, (typeof members.events)[string]>
  for (const [key, event] of Object.entries(members.events)) {
    const name = names.events[key] ?? key
    events[name] = refineEvent(event, events[name], overrides.events[key])
  }
  const channels = { ...definition.channels } as Record<string, (typeof members.channels)[string]>
  for (const [key, channel] of Object.entries(members.channels)) {
    const name = names.channels[key] ?? key
    channels[name] = refineChannel(channel, channels[name], overrides.channels[key])
  }
  const added = repeated ? [] : implementations(definition.interfaces, extension, actions, builds)
  return {
    actions: Object.freeze(actions),
    events: Object.freeze(events),
    channels: Object.freeze(channels),
    interfaces: Object.freeze([...definition.interfaces, ...added]),
  }
}
