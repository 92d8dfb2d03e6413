// expected: entity 'model' of interface 'llm': field 'id' has another type, expected a string, given a nullable string
// code: entity_field_optional at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

const engine = z.object({ id: z.string().nullable() })
new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: engine } } }).extend(llm, ({ entities }) => ({
  // @ts-expect-error a field can be null where the interface says a string
  entities: { model: entities.engine },
}))
