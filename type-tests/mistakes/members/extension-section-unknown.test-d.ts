// expected: extend() takes no 'states'
// code: member_unknown at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  // @ts-expect-error extend() is given a section that it does not know
  ({ entities }) => ({ entities: { model: entities.engine }, states: {} }),
)
