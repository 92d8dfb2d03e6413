// expected: entity 'item' of interface 'listable': field 'id' is missing, expected a string
// code: entity_field_missing at definition
import { InterfaceDefinition, z } from 'plugboard'
import { listable } from '../../fixtures/interfaces.ts'

new InterfaceDefinition({ name: 'rows', entities: { row: { schema: z.object({ key: z.string() }) } } }).extend(
  listable,
  ({ entities }) => ({
    // @ts-expect-error the entity of a child interface lacks a field of its parent's
    entities: { item: entities.row },
  }),
)
