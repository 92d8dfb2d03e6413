// expected: Property 'engines' does not exist
// code: entity_unmapped at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    // @ts-expect-error an own entity is misspelt
    entities: { model: entities.engines },
  }),
)
