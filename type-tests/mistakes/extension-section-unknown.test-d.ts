// expected: ?
// code: member_unknown
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error extend() is given a section that it does not know
    states: { cursor: {} },
  }),
)
