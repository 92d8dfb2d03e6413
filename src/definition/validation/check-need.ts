import { isValidRange } from 'verkit/range'
import { DefinitionError } from '../../errors/index.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import { checkFields, type Fields, fieldsAt } from './check-fields.ts'
import { isDefinition } from './definition-kind.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

/** Checks what a need asks for. Throws all problems at once. */
export function checkNeed(given: unknown, options: unknown): void {
  const list = new ProblemList()
  const bases = checkInterfaces(list, given)
  const fields = fieldsAt(list, 'options', options, "{ capabilities: ['stream'] }") ?? {}
  checkFields(list, 'options', fields, {
    version: 'checked',
    capabilities: 'names',
    share: 'text',
    unless: 'text',
    hears: 'checked',
  })
  const { version, share, hears } = fields
  if (version !== undefined && (typeof version !== 'string' || !isValidRange(version)))
    list.add(
      'version_invalid',
      'options.version',
      `${shown(version)} is no range of semantic versions.`,
      `Write it like '^${bases[0]?.version ?? '1.0.0'}'.`,
    )
  if (typeof share === 'string') checkShared(list, bases, share)
  else if (Array.isArray(given) && given.length > 1)
    list.add(
      'entity_unmapped',
      'options.share',
      'several interfaces are needed of one integration, and nothing says which entity they share.',
      `Write { share: … } with one of ${listed(sharedBy(bases))}.`,
    )
  if (hears !== undefined) checkHeard(list, hears, share)
  checkCapabilities(list, bases, fields)
  if (list.problems.length === 0) return
  const names = bases.map(({ name }) => name).join(' and ')
  throw new DefinitionError(names === '' ? 'a need' : `the need of ${names}`, list.problems, {
    interface: bases[0]?.name ?? '',
  })
}

/** The interfaces among what was given; a problem for anything else. */
function checkInterfaces(list: ProblemList, given: unknown): InterfaceDefinition[] {
  const all: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (all.length === 0)
    list.add('definition_invalid', 'need', 'no interface is named.', 'Write need(llm), with an interface.')
  return all.filter((one) => isInterface(list, one, 'need', 'Write need(llm), with an interface.'))
}

function isInterface(list: ProblemList, one: unknown, path: string, remedy: string): one is InterfaceDefinition {
  if (isDefinition(one, 'interface')) return true
  list.add('definition_invalid', path, `expected an interface, given ${shown(one)}.`, remedy)
  return false
}

function checkHeard(list: ProblemList, hears: unknown, share: unknown): void {
  const path = 'options.hears'
  const remedy = 'Write { hears: [creatable] }, with interfaces.'
  if (!Array.isArray(hears)) {
    list.add('definition_invalid', path, `expected a list of interfaces, given ${shown(hears)}.`, remedy)
    return
  }
  const bases = hears.filter((one): one is InterfaceDefinition => isInterface(list, one, path, remedy))
  if (typeof share === 'string') checkShared(list, bases, share)
  else
    list.add(
      'entity_unmapped',
      'options.share',
      'events of other interfaces are heard, and nothing says which entity they share.',
      `Write { share: … } with one of ${listed(sharedBy(bases))}.`,
    )
}

function checkShared(list: ProblemList, bases: readonly InterfaceDefinition[], share: string): void {
  for (const base of bases) {
    if (!Object.hasOwn(base.members.entities, share))
      list.add(
        'entity_unknown',
        'options.share',
        `interface '${base.name}' has no entity '${share}'.`,
        `It has ${listed(Object.keys(base.members.entities))}.`,
      )
  }
}

const sharedBy = (bases: readonly InterfaceDefinition[]): string[] =>
  Object.keys(bases[0]?.members.entities ?? {}).filter((name) =>
    bases.every(({ members }) => Object.hasOwn(members.entities, name)),
  )

function checkCapabilities(list: ProblemList, bases: readonly InterfaceDefinition[], { capabilities }: Fields): void {
  const declared = [...new Set(bases.flatMap((base) => Object.keys(base.capabilities)))]
  for (const capability of Array.isArray(capabilities) ? capabilities : []) {
    if (typeof capability === 'string' && !declared.includes(capability))
      list.add(
        'capability_unknown',
        'options.capabilities',
        `no interface of the need declares the capability '${capability}'.`,
        `Known are ${listed(declared)}.`,
      )
  }
}
