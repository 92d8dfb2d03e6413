// expected: event 'retired' of interface 'llm': a 'gone' that is there already has an incompatible payload; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  events: { gone: { schema: z.object({ when: z.string() }) } },
}).extend(llm, ({ entities }) => ({
  entities: { model: entities.engine },
  // @ts-expect-error an event is renamed onto an unrelated one of the integration
  events: { retired: { name: 'gone' } },
}))
