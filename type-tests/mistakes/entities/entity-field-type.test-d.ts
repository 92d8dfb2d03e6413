// expected: entity 'model' of interface 'llm': field 'id' has another type, expected a string, given a number
// code: entity_field_type at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.number() }) } } }).extend(
  llm,
  ({ entities }) => ({
    // @ts-expect-error a field of the own entity has another type
    entities: { model: entities.engine },
  }),
)
