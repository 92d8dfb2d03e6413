import { DefinitionError, type Problem } from '../../errors/index.ts'
import { judgeRefinement } from '../judges/refines.ts'
import { compareEntity } from '../judges/compare-entity.ts'
import type { Extension, ImplementedInterface } from '../extend.ts'
import type { IntegrationDefinition } from '../integration-definition.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import { type ConcreteMembers, entitiesOfBase, memberKeys, membersWith } from '../interface-members.ts'
import {
  type ActionDefinition,
  type ChannelDefinition,
  type EntityDefinition,
  type EventDefinition,
  mapValues,
} from '../member-definitions.ts'
import type { Section } from '../members.ts'
import type { Schema } from '../schema.ts'
import { checkJsonSafe } from './check-schemas.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

const singular = { actions: 'action', events: 'event', channels: 'channel' } as const satisfies Record<Section, string>

/** Checks an extension. Throws all problems at once; gives the members of the interface in terms of the own entities. */
export function checkExtension(
  definition: IntegrationDefinition | InterfaceDefinition,
  own: Readonly<Record<string, EntityDefinition>>,
  base: InterfaceDefinition,
  extension: Extension,
  as: string,
): { entities: Record<string, EntityDefinition>; members: ConcreteMembers; repeated: boolean } {
  const list = new ProblemList()
  const fail = (problems: readonly Problem[]): never => {
    throw new DefinitionError(
      `${definition.kind} '${definition.name}' extending interface '${base?.name}'`,
      problems,
      { [definition.kind]: definition.name, interface: base?.name },
      'extension_invalid',
    )
  }
  if (base?.kind !== 'interface') {
    list.add(
      'definition_invalid',
      'extend',
      `expected an interface, given ${shown((base as { kind?: string } | undefined)?.kind)}.`,
      'Pass what new InterfaceDefinition(…) gave.',
    )
    return fail(list.problems)
  }
  const path = `extend(${as === base.name ? base.name : `${base.name} as ${as}`})`
  const entities = checkEntities(list, path, definition, own, base, extension)
  const unmapped = list.problems.length > 0
  const claimed = extension.capabilities ?? []
  for (const capability of claimed) {
    if (!Object.hasOwn(base.capabilities, capability)) {
      list.add(
        'capability_unknown',
        `${path}.capabilities`,
        `interface '${base.name}' has no capability ${shown(capability)}.`,
        `It has ${listed(Object.keys(base.capabilities))}.`,
      )
    }
  }
  checkKeys(list, path, base, extension)
  if (unmapped) return fail(list.problems)
  const repeated =
    definition.kind === 'integration' && checkRepetition(list, path, definition.interfaces, base, as, entities)
  const members = membersWith(
    base,
    mapValues(entities, ({ schema }) => schema),
  )
  if (!repeated) checkNames(list, path, definition, base, extension, members, claimed)
  return list.problems.length > 0 ? fail(list.problems) : { entities, members, repeated }
}

function checkEntities(
  list: ProblemList,
  path: string,
  definition: { readonly kind: string; readonly name: string },
  own: Readonly<Record<string, EntityDefinition>>,
  base: InterfaceDefinition,
  extension: Extension,
): Record<string, EntityDefinition> {
  const mapped: Record<string, unknown> = { ...extension?.entities }
  const owned = new Set<unknown>(Object.values(own))
  const known = listed(Object.keys(own))
  for (const name of Object.keys(mapped)) {
    if (!Object.hasOwn(base.members.entities, name)) {
      list.add(
        'entity_unknown',
        `${path}.entities.${name}`,
        `interface '${base.name}' has no entity '${name}'.`,
        `It has ${listed(Object.keys(base.members.entities))}.`,
      )
    }
  }
  for (const [name, abstract] of Object.entries(base.members.entities)) {
    const place = `${path}.entities.${name}`
    const given = Object.hasOwn(mapped, name) ? mapped[name] : undefined
    if (given === undefined && abstract.optional && definition.kind === 'integration') {
      mapped[name] = abstract
    } else if (given === undefined) {
      list.add(
        'entity_unmapped',
        place,
        `entity '${name}' of interface '${base.name}' is not mapped.`,
        `Map it to one of ${definition.kind} '${definition.name}': ${known}.`,
      )
    } else if (!owned.has(given)) {
      list.add(
        'entity_foreign',
        place,
        `entity '${name}' of interface '${base.name}' is mapped to something that is no entity of ${definition.kind} '${definition.name}'.`,
        `Map it to one of \`entities\`: ${known}.`,
      )
    } else {
      const entity = given as EntityDefinition
      compareEntities(list, place, name, abstract, entity)
      checkJsonSafe(list, place, entity.schema, `entity '${entity.name}'`)
    }
  }
  return mapped as Record<string, EntityDefinition>
}

const entityCodes = {
  missing: 'entity_field_missing',
  optional: 'entity_field_optional',
  type: 'entity_field_type',
  kind: 'entity_incompatible',
  unprovable: 'refinement_unprovable',
} as const

function compareEntities(
  list: ProblemList,
  path: string,
  name: string,
  abstract: EntityDefinition,
  entity: EntityDefinition,
): void {
  for (const { kind, field, expected, given } of compareEntity(abstract.schema, entity.schema)) {
    const sentence = {
      missing: `entity '${name}': field '${field}' is missing in '${entity.name}'; expected ${expected}.`,
      optional: `entity '${name}': field '${field}' of '${entity.name}' is optional, the interface requires it; expected ${expected}, given ${given}.`,
      type: `entity '${name}': field '${field}' of '${entity.name}' has another type than in the interface; expected ${expected}, given ${given}.`,
      kind: `entity '${name}': '${entity.name}' is no refinement of the interface's; expected ${expected}, given ${given}.`,
      unprovable: `entity '${name}': whether '${entity.name}' refines the interface's cannot be proved at '${field}'; expected ${expected}, given ${given}.`,
    }[kind]
    list.add(
      entityCodes[kind],
      field === '' ? path : `${path}.${field}`,
      sentence,
      'Change the entity, or map another one.',
    )
  }
}

function checkKeys(list: ProblemList, path: string, base: InterfaceDefinition, extension: Extension): void {
  const keys = memberKeys(base)
  for (const section of ['actions', 'events', 'channels'] as const) {
    for (const key of Object.keys(extension[section] ?? {})) {
      if (!keys[section].includes(key)) {
        list.add(
          'member_unknown',
          `${path}.${section}.${key}`,
          `interface '${base.name}' has no ${singular[section]} '${key}'.`,
          `It has ${listed(keys[section])}.`,
        )
      }
    }
  }
  for (const key of Object.keys(extension)) {
    if (!['entities', 'actions', 'events', 'channels', 'capabilities'].includes(key))
      list.add(
        'member_unknown',
        `${path}.${key}`,
        `extend() knows no '${key}'.`,
        'It takes entities, actions, events, channels and capabilities.',
      )
  }
}

/** Whether the interface is implemented already under this name, by the same entities. Those that it builds on may be, too. */
function checkRepetition(
  list: ProblemList,
  path: string,
  implemented: readonly ImplementedInterface[],
  base: InterfaceDefinition,
  as: string,
  entities: Readonly<Record<string, EntityDefinition>>,
): boolean {
  const earlier = implemented.find(
    (implementation) => implementation.interface.name === base.name && implementation.as === as,
  )
  if (earlier) {
    const equal = Object.entries(entities).every(([name, entity]) => earlier.entities[name] === entity)
    if (!equal) {
      list.add(
        'interface_implemented_twice',
        path,
        `interface '${base.name}' is implemented already as '${as}', by other entities.`,
        "Give this implementation a name of its own: extend(…, …, { as: '…' }), and its members other names.",
      )
    }
    return true
  }
  for (const { base: ancestor, mapping } of base.extensions) {
    checkRepetition(
      list,
      path,
      implemented,
      ancestor,
      as === base.name ? ancestor.name : as,
      entitiesOfBase(mapping, entities),
    )
  }
  return false
}

function checkNames(
  list: ProblemList,
  path: string,
  definition: IntegrationDefinition | InterfaceDefinition,
  base: InterfaceDefinition,
  extension: Extension,
  members: ConcreteMembers,
  claimed: readonly string[],
): void {
  for (const section of ['actions', 'events', 'channels'] as const) {
    const own: Readonly<Record<string, unknown>> =
      definition.kind === 'integration' ? definition[section] : membersWithOwn(definition)[section]
    const taken = new Map<string, string>()
    for (const [key, member] of Object.entries(members[section])) {
      if (section === 'actions') {
        const { capability } = member as ActionDefinition
        if (capability !== undefined && !claimed.includes(capability)) continue
      }
      const { name = key, assume = false } = extension[section]?.[key] ?? {}
      const place = `${path}.${section}.${key}`
      const other = taken.get(name)
      if (other !== undefined) {
        list.add(
          'member_name_taken',
          place,
          `${singular[section]} '${key}': the name '${name}' is taken by another ${singular[section]} of interface '${base.name}', '${other}'.`,
          'Give one of them another name.',
        )
      } else if (Object.hasOwn(own, name) && !assume) {
        compareMembers(list, place, section, key, name, own[name], member)
      }
      taken.set(name, key)
    }
  }
}

/** The members of an interface for its own entities. */
function membersWithOwn(definition: InterfaceDefinition): ConcreteMembers {
  return membersWith(
    definition,
    mapValues(definition.members.entities, ({ schema }) => schema),
  )
}

/** Judges whether an own member refines the one of the interface that would have its name. */
function compareMembers(
  list: ProblemList,
  path: string,
  section: Section,
  key: string,
  name: string,
  own: unknown,
  base: unknown,
): void {
  const judge = (side: 'input' | 'output' | 'both', place: string, narrow: Schema, wide: Schema): void => {
    for (const one of side === 'both' ? (['input', 'output'] as const) : [side]) {
      const verdict = judgeRefinement(narrow, wide, one)
      if (verdict.verdict === 'yes') continue
      const where = verdict.path === '' ? `${path}${place}` : `${path}${place}.${verdict.path}`
      const what = `${singular[section]} '${key}': a '${name}' that is there already ${one === 'input' ? 'has a narrower input' : 'has an incompatible output'}`
      if (verdict.verdict === 'no')
        list.add(
          'refinement_incompatible',
          where,
          `${what}: ${verdict.reason}.`,
          'Rename one of them, or make it refine the interface’s.',
        )
      else
        list.add(
          'refinement_unprovable',
          where,
          `${singular[section]} '${key}': whether the '${name}' that is there already refines the interface's cannot be proved: ${verdict.reason}.`,
          'Use the interface’s own schema, rename one of them, or write assume: true.',
        )
    }
  }
  if (section === 'actions') {
    const [mine, theirs] = [own as ActionDefinition, base as ActionDefinition]
    judge('input', '.input', mine.input.schema, theirs.input.schema)
    judge('output', '.output', mine.output.schema, theirs.output.schema)
    if ((mine.stream === undefined) !== (theirs.stream === undefined))
      list.add(
        'refinement_incompatible',
        `${path}.stream`,
        `${singular[section]} '${key}': one of the two streams and the other does not.`,
        'Rename one of them.',
      )
    else if (mine.stream && theirs.stream) judge('output', '.stream', mine.stream.schema, theirs.stream.schema)
  } else if (section === 'events') {
    judge('output', '', (own as EventDefinition).schema, (base as EventDefinition).schema)
  } else {
    const [mine, theirs] = [own as ChannelDefinition, base as ChannelDefinition]
    for (const [type, message] of Object.entries(theirs.messages)) {
      const ownMessage = mine.messages[type]
      if (ownMessage) judge('both', `.messages.${type}`, ownMessage.schema, message.schema)
    }
  }
}
