// expected: entity 'model' of interface 'llm': map it to one of the definition's own entities
// code: entity_foreign at definition
import { IntegrationDefinition, z } from 'plugboard'
import { plain } from '../../fixtures/integrations.ts'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { voice: { schema: z.object({ id: z.number() }) } } }).extend(
  llm,
  () => ({
    // @ts-expect-error an entity is mapped to that of another integration
    entities: { model: plain.entities.engine },
  }),
)
