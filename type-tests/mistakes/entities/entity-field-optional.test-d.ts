// expected: entity 'model' of interface 'llm': field 'id' is optional, the interface requires it
// code: entity_field_optional at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

const engine = z.object({ id: z.string().optional() })
new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: engine } } }).extend(llm, ({ entities }) => ({
  // @ts-expect-error a field is optional where the interface requires it
  entities: { model: entities.engine },
}))
