// expected: interface 'llm' has no event 'translate'
// code: member_unknown at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error an event that the interface does not have stands beside one that it has
    events: { retired: { title: 'Known' }, translate: { title: 'Unknown' } },
  }),
)
