// expected: interface 'llm' has no entity 'voice'
// code: entity_unknown at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    // @ts-expect-error an entity is mapped that the interface does not have
    entities: { model: entities.engine, voice: entities.engine },
  }),
)
