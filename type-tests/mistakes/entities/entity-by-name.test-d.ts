// expected: entity 'model' of interface 'llm': map it to one of the definition's own entities
// code: entity_foreign at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  () => ({
    // @ts-expect-error an entity is mapped by its name
    entities: { model: 'engine' },
  }),
)
