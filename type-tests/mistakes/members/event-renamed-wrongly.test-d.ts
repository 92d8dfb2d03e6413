// expected: Type 'number' is not assignable to type 'string'
// code: name_invalid at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error the new name of an event is no text
    events: { retired: { name: 42 } },
  }),
)
