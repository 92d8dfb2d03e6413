import {
  type ActionDefinition,
  type ChannelDefinition,
  declaredOf,
  type EventDefinition,
  mapValues,
  readAction,
} from './member-definitions.ts'
import type { ActionMetadata } from './members.ts'
import type { Tags } from './tags.ts'

/** What is said anew of the members of an interface, by their names there. */
export interface Overrides {
  readonly actions: Readonly<Record<string, ActionMetadata>>
  readonly events: Readonly<Record<string, Texts>>
  readonly channels: Readonly<Record<string, Texts & { readonly message?: Tags; readonly conversation?: Tags }>>
}
type Texts = { readonly title?: string; readonly description?: string }

/**
 * The action of an interface in the definition that extends it, under its name there. An own action keeps its schemas; what
 * it does not say of itself is as the interface says, and what `override` says counts before both. Attributes are joined.
 */
export function refineAction(
  name: string,
  base: ActionDefinition,
  own: ActionDefinition | undefined,
  override: ActionMetadata = {},
): ActionDefinition {
  const layers = [declaredOf(base), ...(own ? [declaredOf(own)] : []), defined(override)]
  return readAction(name, {
    ...Object.assign({}, ...layers),
    attributes: Object.assign({}, ...layers.map(({ attributes }) => attributes)),
    input: (own ?? base).input,
    output: (own ?? base).output,
    stream: (own ?? base).stream,
    capability: own?.capability ?? base.capability,
    downgrade: own?.downgrade ?? base.downgrade,
    fieldCapabilities: own?.fieldCapabilities ?? base.fieldCapabilities,
    cost: own?.cost ?? base.cost,
  })
}

/** The event of an interface in the definition that extends it. An own event keeps its schema. */
export function refineEvent(
  base: EventDefinition,
  own: EventDefinition | undefined,
  override: Texts = {},
): EventDefinition {
  return Object.freeze({ ...base, ...defined(own), ...defined(override) })
}

/** The channel of an interface in the definition that extends it. Messages and tags are joined; own messages keep their schemas. */
export function refineChannel(
  base: ChannelDefinition,
  own: ChannelDefinition | undefined,
  override: Overrides['channels'][string] = {},
): ChannelDefinition {
  const tagsOf = (part: 'message' | 'conversation') => ({
    tags: joined(base[part]?.tags, own?.[part]?.tags, override[part]?.tags),
  })
  return Object.freeze({
    ...base,
    ...defined(own),
    ...defined(override),
    messages: Object.freeze({ ...base.messages, ...own?.messages }),
    message: Object.freeze(tagsOf('message')),
    conversation: Object.freeze(tagsOf('conversation')),
  })
}

function joined(...records: (Tags['tags'] | undefined)[]): NonNullable<Tags['tags']> {
  const names = Object.assign({}, ...records) as NonNullable<Tags['tags']>
  return Object.freeze(
    mapValues(names, (_, name) => Object.freeze(Object.assign({}, ...records.map((tags) => tags?.[name])) as object)),
  )
}

function defined<T extends object>(fields: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>
}
