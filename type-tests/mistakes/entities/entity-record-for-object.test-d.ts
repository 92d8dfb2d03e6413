// expected: entity 'model' of interface 'llm': it is mapped to a record, but has fields
// code: entity_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

const engine = z.record(z.string(), z.string())
new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: engine } } }).extend(llm, ({ entities }) => ({
  // @ts-expect-error a record stands for an entity with fields
  entities: { model: entities.engine },
}))
