import { DefinitionError, type Problem } from '../../errors/index.ts'
import type { ExtensionCallback } from '../extend.ts'
import type { IntegrationDefinition } from '../integration-definition.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import { type Builds, type ConcreteMembers, entitiesOfBase, membersWith, schemaOf } from '../interface-members.ts'
import { type EntityDefinition, mapValues } from '../member-definitions.ts'
import { checkEntities } from './check-entities.ts'
import { checkFields, type Fields, fieldsAt, isRecord } from './check-fields.ts'
import { checkAlias } from './check-names.ts'
import { checkRefinements } from './check-refinement.ts'
import { buildsOn, checkRepetition, type Implemented, withAncestors } from './check-repetition.ts'
import { isDefinition } from './definition-kind.ts'
import { ProblemList, shown } from './problem-list.ts'
import { type Mapping, readMapping } from './read-mapping.ts'

type Extended = IntegrationDefinition | InterfaceDefinition

/** An extension that fits, and what becomes of it. */
export interface CheckedExtension extends Mapping {
  readonly base: InterfaceDefinition
  readonly as: string
  /** By the interface's entity: the own one. */
  readonly ownEntities: Readonly<Record<string, EntityDefinition>>
  /** The members of the interface in terms of the own entities, by the interface's names. */
  readonly members: ConcreteMembers
  /** Whether the interface is implemented already, in the same way. */
  readonly repeated: boolean
  /** The own members of which only the author's word says that they refine the interface's, such as `actions.generate`. */
  readonly vouched: readonly string[]
}

/** Checks an extension. Throws all problems at once, before anything is changed. */
export function checkExtension(
  definition: Extended,
  given: unknown,
  callback: unknown,
  options: unknown,
  builds: Builds,
): CheckedExtension {
  const list = new ProblemList()
  const base = checkBase(list, definition, given)
  if (!base) throw failure(definition, given, list.problems)
  const as = readOptions(list, base, options)
  const path = `extend(${as === base.name ? base.name : `${base.name} as ${as}`})`
  const own: Readonly<Record<string, EntityDefinition>> =
    definition.kind === 'integration' ? definition.entities : definition.members.entities
  const answer = callbackAnswer(list, path, callback, own)
  if (!answer) throw failure(definition, base, list.problems)
  const mapping = readMapping(list, path, definition.kind, base, answer)
  const ownEntities = checkEntities(list, path, definition, own, base, mapping.entities)
  const members = ownEntities && buildMembers(list, path, definition, base, ownEntities, builds)
  if (!ownEntities || !members) throw failure(definition, base, list.problems)
  // An interface that builds on another has all of its capabilities, whatever it claims.
  const capabilities = definition.kind === 'integration' ? mapping.capabilities : []
  const added: Implemented = { interface: base, as, entities: ownEntities, capabilities, names: mapping.names }
  const repeated = checkRepetition(
    list,
    path,
    implementedBy(definition),
    added,
    definition.kind === 'integration'
      ? "Give this implementation a name of its own: extend(…, …, { as: '…' }), and its members other names."
      : 'Leave one of them out: an interface builds on another once.',
  )
  const vouched = repeated
    ? []
    : checkRefinements(list, path, definition, ownMembers(definition, builds), base, members, mapping)
  if (list.problems.length > 0) throw failure(definition, base, list.problems)
  return { ...mapping, base, as, ownEntities, members, repeated, vouched }
}

/** The members of an interface in terms of the own entities; undefined where a builder throws. */
function buildMembers(
  list: ProblemList,
  path: string,
  definition: Extended,
  base: InterfaceDefinition,
  ownEntities: Readonly<Record<string, EntityDefinition>>,
  builds: Builds,
): ConcreteMembers | undefined {
  const members = membersWith(base, mapValues(ownEntities, schemaOf), builds)
  const failures = builds.failures.splice(0)
  for (const { path: place, error } of failures) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
    list.add(
      'builder_failed',
      `${path}.${place}`,
      `a builder of interface '${base.name}' threw with the entities of ${definition.kind} '${definition.name}': ${reason}.`,
      'A builder may rely on nothing but the fields of an entity: ask the author of the interface.',
    )
  }
  return failures.length === 0 ? members : undefined
}

function failure(definition: Extended, base: unknown, problems: readonly Problem[]): DefinitionError {
  const name = isRecord(base) && typeof base.name === 'string' ? base.name : undefined
  return new DefinitionError(
    `${definition.kind} '${definition.name}' extending ${isDefinition(base, 'interface') ? `interface '${name}'` : shown(base)}`,
    problems,
    {
      [definition.kind]: definition.name,
      ...(definition.kind === 'integration' && name !== undefined && { interface: name }),
    },
    'extension_invalid',
  )
}

function checkBase(list: ProblemList, definition: Extended, given: unknown): InterfaceDefinition | undefined {
  if (!isDefinition(given, 'interface')) {
    list.add(
      'definition_invalid',
      'extend',
      `expected an interface, given ${shown(given)}.`,
      'Pass what new InterfaceDefinition(…) gave. If it is imported, look whether the two modules import each other.',
    )
    return undefined
  }
  const base = given as InterfaceDefinition
  if (!buildsOn(base, definition)) return base
  list.add(
    'definition_invalid',
    'extend',
    `interface '${base.name}' would build on itself.`,
    'Extend another interface.',
  )
  return undefined
}

function readOptions(list: ProblemList, base: InterfaceDefinition, options: unknown): string {
  const fields = fieldsAt(list, 'options', options, "{ as: '…' }") ?? {}
  checkFields(list, 'options', fields, { as: 'checked' })
  if (fields.as !== undefined) checkAlias(list, 'options.as', fields.as)
  return typeof fields.as === 'string' ? fields.as : base.name
}

/** Calls the callback. Gives what it returned, if that is an object. */
function callbackAnswer(
  list: ProblemList,
  path: string,
  callback: unknown,
  own: Readonly<Record<string, EntityDefinition>>,
): Fields | undefined {
  const remedy = 'Write ({ entities }) => ({ entities: { … } }).'
  if (callback === undefined) return { entities: {} }
  if (typeof callback !== 'function') {
    list.add('mapping_invalid', path, `expected a function, given ${shown(callback)}.`, remedy)
    return undefined
  }
  let answer: unknown
  try {
    answer = (callback as ExtensionCallback)({ entities: own as never })
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
    list.add('mapping_invalid', path, `the function that maps threw: ${reason}.`, remedy)
    return undefined
  }
  if (isRecord(answer)) return answer
  list.add('mapping_invalid', path, `the function that maps gave ${shown(answer)}, no object.`, remedy)
  return undefined
}

/** The interfaces that a definition implements or builds on, the ancestors of each included. */
function implementedBy(definition: Extended): Implemented[] {
  if (definition.kind === 'integration')
    return definition.interfaces.map(({ actions, events, channels, ...implemented }) => ({
      ...implemented,
      names: { actions: mapValues(actions, ({ name }) => name), events, channels },
    }))
  const own = definition.members.entities
  return definition.extensions.flatMap(({ base, mapping, names }) =>
    withAncestors({
      interface: base,
      as: base.name,
      entities: entitiesOfBase(base, mapping, own, (entity) => entity),
      capabilities: [],
      names,
    }),
  )
}

function ownMembers(definition: Extended, builds: Builds): ConcreteMembers {
  return definition.kind === 'integration'
    ? definition
    : membersWith(definition, mapValues(definition.members.entities, schemaOf), builds)
}
