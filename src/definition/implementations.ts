import type { ExtensionNames, ImplementedAction, ImplementedInterface } from './extend.ts'
import type { InterfaceDefinition } from './interface-definition.ts'
import { type Builds, entitiesOfBase, memberKeys, membersWith, schemaOf } from './interface-members.ts'
import { type ActionDefinition, declaredOf, type EntityDefinition, mapValues } from './member-definitions.ts'
import { refineAction } from './refine-members.ts'

/** Which interface is implemented, and how. */
interface Implementing {
  readonly base: InterfaceDefinition
  readonly as: string
  readonly ownEntities: Readonly<Record<string, EntityDefinition>>
  readonly capabilities: readonly string[]
  readonly names: ExtensionNames
  readonly vouched: readonly string[]
}

/**
 * How an integration with these actions implements an interface, and all that it builds on. Those that it implements
 * `already` are left out.
 */
export function implementations(
  already: readonly ImplementedInterface[],
  implementing: Implementing,
  actions: Readonly<Record<string, ActionDefinition>>,
  builds: Builds,
): ImplementedInterface[] {
  const { base, as, ownEntities, capabilities } = implementing
  if (already.some((implemented) => implemented.interface.name === base.name && implemented.as === as)) return []
  const found = [implementation(implementing, actions, builds)]
  for (const ancestor of base.extensions) {
    const inherited: Implementing = {
      base: ancestor.base,
      as: as === base.name ? ancestor.base.name : as,
      ownEntities: entitiesOfBase(ancestor.base, ancestor.mapping, ownEntities, (entity) => entity),
      capabilities: capabilities.filter((capability) => Object.hasOwn(ancestor.base.capabilities, capability)),
      names: namesOfAncestor(ancestor.base, ancestor.names, implementing.names),
      vouched: [],
    }
    found.push(...implementations([...already, ...found], inherited, actions, builds))
  }
  return found
}

function implementation(
  { base, as, ownEntities, capabilities, names, vouched }: Implementing,
  actions: Readonly<Record<string, ActionDefinition>>,
  builds: Builds,
): ImplementedInterface {
  const members = membersWith(base, mapValues(ownEntities, schemaOf), builds)
  return Object.freeze({
    interface: base,
    as,
    capabilities: Object.freeze([...capabilities]),
    assumed: Object.freeze([...vouched]),
    entities: Object.freeze({ ...ownEntities }),
    actions: Object.freeze(
      mapValues(members.actions, (action, key): ImplementedAction => {
        const name = names.actions[key] ?? key
        const withheld = action.capability !== undefined && !capabilities.includes(action.capability)
        const own = withheld ? undefined : actions[name]
        return Object.freeze({
          action: own ? describedBy(own, action) : action,
          name: withheld ? undefined : name,
          refined: own !== undefined && !hasSchemasOf(own, action),
        })
      }),
    ),
    events: Object.freeze(mapValues(members.events, (_, key) => names.events[key] ?? key)),
    channels: Object.freeze(mapValues(members.channels, (_, key) => names.channels[key] ?? key)),
  })
}

/** The interface's action, with what the integration says of its own: whether it costs money, say. */
function describedBy(own: ActionDefinition, base: ActionDefinition): ActionDefinition {
  return refineAction(base.name, base, undefined, declaredOf(own))
}

function hasSchemasOf(own: ActionDefinition, base: ActionDefinition): boolean {
  return (
    own.input.schema === base.input.schema &&
    own.output.schema === base.output.schema &&
    own.stream?.schema === base.stream?.schema
  )
}

/** The final names of what an ancestor calls its members, where they differ. */
function namesOfAncestor(base: InterfaceDefinition, there: ExtensionNames, final: ExtensionNames): ExtensionNames {
  const keys = memberKeys(base)
  const namesIn = (section: keyof ExtensionNames): Record<string, string> =>
    Object.fromEntries(
      keys[section].flatMap((key) => {
        const name = there[section][key] ?? key
        const last = final[section][name] ?? name
        return last === key ? [] : [[key, last]]
      }),
    )
  return { actions: namesIn('actions'), events: namesIn('events'), channels: namesIn('channels') }
}
