// expected: entity 'model' of interface 'llm': field 'id' has another type, expected a string, given a number
// code: refinement_unprovable, schema_not_json at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

const engine = z.object({ id: z.string().transform((id) => id.length) })
new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: engine } } }).extend(llm, ({ entities }) => ({
  // @ts-expect-error a field of the own entity is transformed into another type
  entities: { model: entities.engine },
}))
