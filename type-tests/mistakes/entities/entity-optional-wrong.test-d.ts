// expected: entity 'options' of interface 'llm': map it to one of the definition's own entities
// code: entity_foreign at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

const vendor = new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
})
vendor.extend(llm, ({ entities }) => ({
  // @ts-expect-error an optional entity is mapped to a schema
  entities: { model: entities.engine, options: z.object({}) },
}))
