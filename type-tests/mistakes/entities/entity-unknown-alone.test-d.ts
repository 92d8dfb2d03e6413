// expected: interface 'llm' has no entity 'voice'
// code: entity_unknown, entity_unmapped at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  // @ts-expect-error only an entity is mapped that the interface does not have
  ({ entities }) => ({ entities: { voice: entities.engine } }),
)
