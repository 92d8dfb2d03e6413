import type { Section } from '../members.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import { memberKeys } from '../interface-members.ts'
import type { Overrides } from '../refine-members.ts'
import { checkClientName } from './check-capabilities.ts'
import { checkFields, type Fields, fieldsAt, type FieldTable, isRecord, metadataFields } from './check-fields.ts'
import { checkMemberName, checkTagged } from './check-names.ts'
import { listed, type ProblemList, shown } from './problem-list.ts'

/** What the callback of `extend()` gave, in a form that can be relied on. */
export interface Mapping {
  readonly entities: Fields
  /** The names that members have in the definition, where they differ from the interface's. */
  readonly names: Readonly<Record<Section, Readonly<Record<string, string>>>>
  readonly overrides: Overrides
  /** The members that the author vouches for. */
  readonly assumed: Readonly<Record<Section, readonly string[]>>
  readonly capabilities: readonly string[]
}

const sections = ['actions', 'events', 'channels'] as const
/** A section in the singular. */
export const singular = { actions: 'action', events: 'event', channels: 'channel' } as const satisfies Record<
  Section,
  string
>

const texts = { name: 'checked', assume: 'flag', title: 'text', description: 'text' } as const satisfies FieldTable
const tables = {
  actions: { ...texts, ...metadataFields },
  events: texts,
  channels: { ...texts, message: 'checked', conversation: 'checked' },
} as const satisfies Record<Section, FieldTable>

/** Reads what the callback of `extend()` gave. Notes what is wrong with it, and leaves that out. */
export function readMapping(
  list: ProblemList,
  path: string,
  kind: 'integration' | 'interface',
  base: InterfaceDefinition,
  given: Fields,
): Mapping {
  const known = ['entities', ...sections, 'capabilities']
  for (const key of Object.keys(given)) {
    if (!known.includes(key))
      list.add('member_unknown', `${path}.${key}`, `extend() knows no '${key}'.`, `It takes ${listed(known)}.`)
  }
  const names: Record<Section, Record<string, string>> = { actions: {}, events: {}, channels: {} }
  const assumed: Record<Section, string[]> = { actions: [], events: [], channels: [] }
  const overrides: Record<Section, Record<string, object>> = { actions: {}, events: {}, channels: {} }
  const keys = memberKeys(base)
  for (const section of sections) {
    const members = fieldsAt(list, `${path}.${section}`, given[section]) ?? {}
    for (const [key, member] of Object.entries(members)) {
      if (member === undefined) continue
      const place = `${path}.${section}.${key}`
      if (!keys[section].includes(key)) {
        list.add(
          'member_unknown',
          place,
          `interface '${base.name}' has no ${singular[section]} '${key}'.`,
          `It has ${listed(keys[section])}.`,
        )
        continue
      }
      checkFields(list, place, member, tables[section])
      if (!isRecord(member)) continue
      const { name, assume, ...override } = member
      if (name !== undefined) checkMemberName(list, `${place}.name`, name)
      if (section === 'actions' && kind === 'interface') checkClientName(list, `${place}.name`, name)
      if (section === 'channels')
        for (const part of ['message', 'conversation']) checkTagged(list, `${place}.${part}`, override[part])
      if (typeof name === 'string' && name !== key) names[section][key] = name
      if (assume === true) assumed[section].push(key)
      overrides[section][key] = override
    }
    checkFinalNames(list, `${path}.${section}`, singular[section], base, keys[section], names[section])
  }
  return {
    entities: fieldsAt(list, `${path}.entities`, given.entities) ?? {},
    names,
    overrides,
    assumed,
    capabilities: readCapabilities(list, `${path}.capabilities`, base, given.capabilities),
  }
}

/** Checks that no two members of an interface have one name in the end. */
function checkFinalNames(
  list: ProblemList,
  path: string,
  what: string,
  base: InterfaceDefinition,
  keys: readonly string[],
  names: Readonly<Record<string, string>>,
): void {
  const taken = new Map<string, string>()
  for (const key of keys) {
    const name = names[key] ?? key
    const other = taken.get(name)
    taken.set(name, key)
    if (other !== undefined)
      list.add(
        'member_name_taken',
        `${path}.${key}`,
        `${what} '${key}' of interface '${base.name}': the name '${name}' is taken by another ${what} of the interface, '${other}'.`,
        'Give one of them another name.',
      )
  }
}

function readCapabilities(list: ProblemList, path: string, base: InterfaceDefinition, given: unknown): string[] {
  const declared = Object.keys(base.capabilities)
  if (given === undefined) return []
  if (!Array.isArray(given)) {
    list.add(
      'definition_invalid',
      path,
      `expected a list of capabilities, given ${shown(given)}.`,
      `Interface '${base.name}' has ${listed(declared)}.`,
    )
    return []
  }
  for (const capability of given as unknown[]) {
    if (!declared.includes(capability as string))
      list.add(
        'capability_unknown',
        path,
        `interface '${base.name}' has no capability ${shown(capability)}.`,
        `It has ${listed(declared)}.`,
      )
  }
  return [...new Set(declared.filter((capability) => given.includes(capability)))]
}
