// expected: interface 'llm' has no channel 'translate'
// code: member_unknown at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error a channel is renamed that the interface does not have
    channels: { translate: { name: 'renamed' } },
  }),
)
