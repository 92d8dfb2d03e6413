import { compareEntity } from '../judges/compare-entity.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import type { EntityDefinition } from '../member-definitions.ts'
import type { Fields } from './check-fields.ts'
import { checkJsonSafe } from './check-schemas.ts'
import { listed, type ProblemList, shown } from './problem-list.ts'

type Entities = Readonly<Record<string, EntityDefinition>>

/**
 * Checks that every entity of an interface is mapped to an own one that refines it, and no other. Gives the own entity by
 * the interface's; an optional entity that is not mapped stays as the interface declares it. Undefined where one is wrong.
 */
export function checkEntities(
  list: ProblemList,
  path: string,
  definition: { readonly kind: string; readonly name: string },
  own: Entities,
  base: InterfaceDefinition,
  mapped: Fields,
): Record<string, EntityDefinition> | undefined {
  const before = list.problems.length
  const declared = base.members.entities
  const names = listed(Object.keys(own))
  const entities: Record<string, EntityDefinition> = {}
  for (const name of Object.keys(mapped)) {
    if (!Object.hasOwn(declared, name))
      list.add(
        'entity_unknown',
        `${path}.entities.${name}`,
        `interface '${base.name}' has no entity '${name}'.`,
        `It has ${listed(Object.keys(declared))}.`,
      )
  }
  for (const [name, abstract] of Object.entries(declared)) {
    const place = `${path}.entities.${name}`
    const given = Object.hasOwn(mapped, name) ? mapped[name] : undefined
    const what = `entity '${name}' of interface '${base.name}'`
    const entity = Object.values(own).find((one) => one === given)
    if (entity) {
      compareEntities(list, place, what, definition, abstract, entity)
      checkJsonSafe(list, place, entity.schema, `${what}: '${entity.name}' of ${definition.kind} '${definition.name}'`)
      entities[name] = entity
    } else if (given !== undefined) {
      list.add(
        'entity_foreign',
        place,
        `${what} is mapped to something that is no entity of ${definition.kind} '${definition.name}': given ${shown(given)}.`,
        `Map it to one of \`entities\`: ${names}.`,
      )
    } else if (abstract.optional) {
      entities[name] = abstract
    } else {
      list.add(
        'entity_unmapped',
        place,
        `${what} is not mapped.`,
        `Map it to one of ${definition.kind} '${definition.name}': ${names}.`,
      )
    }
  }
  return list.problems.length === before ? entities : undefined
}

const codes = {
  missing: 'entity_field_missing',
  optional: 'entity_field_optional',
  type: 'entity_field_type',
  kind: 'entity_incompatible',
  unprovable: 'refinement_unprovable',
} as const

function compareEntities(
  list: ProblemList,
  path: string,
  what: string,
  definition: { readonly kind: string; readonly name: string },
  abstract: EntityDefinition,
  entity: EntityDefinition,
): void {
  const mine = `'${entity.name}' of ${definition.kind} '${definition.name}'`
  for (const { kind, field, expected, given } of compareEntity(abstract.schema, entity.schema)) {
    const fault = {
      missing: `field '${field}' is missing in ${mine}`,
      optional: `${field === '' ? '' : `field '${field}' of `}${mine} is optional, the interface requires it`,
      type: `field '${field}' of ${mine} has another type than in the interface`,
      kind: `${mine} is no refinement of it`,
      unprovable: `whether ${mine} refines it cannot be proved${field === '' ? '' : ` at '${field}'`}`,
    }[kind]
    list.add(
      codes[kind],
      field === '' ? path : `${path}.${field}`,
      `${what}: ${fault}; expected ${expected}, given ${given}.`,
      'Change the entity, or map another one.',
    )
  }
}
