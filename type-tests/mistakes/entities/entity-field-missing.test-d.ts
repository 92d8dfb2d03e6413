// expected: entity 'model' of interface 'llm': field 'id' is missing, expected a string
// code: entity_field_missing at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ name: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    // @ts-expect-error the own entity lacks a field of the interface's
    entities: { model: entities.engine },
  }),
)
