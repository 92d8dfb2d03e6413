// expected: entity 'values' of interface 'settings': field 'size' has another type than the record's values, expected a string, given a number
// code: entity_incompatible at definition
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'

const settings = new InterfaceDefinition({
  name: 'settings',
  entities: { values: { schema: z.record(z.string(), z.string()) } },
})
const values = z.object({ theme: z.string(), size: z.number() })
new IntegrationDefinition({ name: 'vendor', entities: { values: { schema: values } } }).extend(
  settings,
  // @ts-expect-error an object with a field of another type stands for a record
  ({ entities }) => ({ entities: { values: entities.values } }),
)
