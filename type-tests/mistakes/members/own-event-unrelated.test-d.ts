// expected: event 'retired' of interface 'llm': a 'retired' that is there already has an incompatible payload; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  events: { retired: { schema: z.object({ since: z.string() }) } },
}).extend(
  llm,
  // @ts-expect-error an own event of the same name carries something else
  ({ entities }) => ({ entities: { model: entities.engine } }),
)
