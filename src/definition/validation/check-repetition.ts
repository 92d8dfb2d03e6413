import type { ImplementedInterface } from '../extend.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import { entitiesOfBase } from '../interface-members.ts'
import type { EntityDefinition } from '../member-definitions.ts'
import type { Section } from '../members.ts'
import { listed, type ProblemList } from './problem-list.ts'

type Names = Readonly<Record<Section, Readonly<Record<string, string | undefined>>>>

/** An interface that a definition implements or builds on, as far as it matters for another one. */
export interface Implemented extends Pick<ImplementedInterface, 'interface' | 'as' | 'entities' | 'capabilities'> {
  /** The names that its members have in the definition, where they differ; undefined where that does not matter. */
  readonly names?: Names
}

/** An interface and all that it builds on, with the entities that stand for theirs. */
export function withAncestors(implemented: Implemented): Implemented[] {
  const { interface: base, as, entities, capabilities } = implemented
  return [
    implemented,
    ...base.extensions.flatMap((ancestor) =>
      withAncestors({
        interface: ancestor.base,
        as: as === base.name ? ancestor.base.name : as,
        entities: entitiesOfBase(ancestor.base, ancestor.mapping, entities, (entity) => entity),
        capabilities: capabilities.filter((capability) => Object.hasOwn(ancestor.base.capabilities, capability)),
      }),
    ),
  ]
}

/**
 * Whether an interface is implemented already under the same name and in the same way. Where the way is another one, for
 * it or for an interface that it builds on, that is a problem.
 */
export function checkRepetition(
  list: ProblemList,
  path: string,
  earlier: readonly Implemented[],
  added: Implemented,
  remedy: string,
): boolean {
  const sameAs = (one: Implemented) =>
    earlier.find((other) => other.interface.name === one.interface.name && other.as === one.as)
  for (const one of withAncestors(added)) {
    const same = sameAs(one)
    const difference = same && (differenceOf(same, one) ?? renamed(same, one))
    if (difference !== undefined)
      list.add(
        'interface_implemented_twice',
        path,
        `interface '${one.interface.name}' is implemented already as '${one.as}', ${difference}.`,
        remedy,
      )
  }
  return sameAs(added) !== undefined
}

function differenceOf(earlier: Implemented, added: Implemented): string | undefined {
  if (earlier.interface.version !== added.interface.version)
    return `in version ${earlier.interface.version}, not ${added.interface.version}`
  for (const [name, entity] of Object.entries(added.entities)) {
    const other: EntityDefinition | undefined = earlier.entities[name]
    if (other !== entity) return `by other entities: '${name}' by '${other?.name}', not '${entity.name}'`
  }
  const [had, has] = [earlier, added].map(({ capabilities }) => listed(capabilities.toSorted()))
  return had === has ? undefined : `with the capabilities ${had}, not ${has}`
}

function renamed(earlier: Implemented, added: Implemented): string | undefined {
  for (const section of sections) {
    const [had, has] = [earlier.names?.[section], added.names?.[section]]
    if (!had || !has) continue
    for (const key of new Set([...Object.keys(had), ...Object.keys(has)])) {
      // Undefined is the name of what the definition lacks the capability for.
      if (key in had && had[key] === undefined) continue
      const [before, now] = [had[key] ?? key, has[key] ?? key]
      if (before !== now) return `with other names: '${key}' as '${before}', not '${now}'`
    }
  }
  return undefined
}

const sections = ['actions', 'events', 'channels'] as const

/** Whether an interface is another one, or builds on it. */
export function buildsOn(base: InterfaceDefinition, other: unknown): boolean {
  return base === other || base.extensions.some((extension) => buildsOn(extension.base, other))
}
