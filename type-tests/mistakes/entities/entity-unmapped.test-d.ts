// expected: entity 'model' of interface 'llm' is not mapped
// code: entity_unmapped at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  // @ts-expect-error an entity of the interface is not mapped
  () => ({ entities: {} }),
)
