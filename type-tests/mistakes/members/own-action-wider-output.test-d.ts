// expected: action 'listModels' of interface 'llm': a 'listModels' that is there already has an incompatible output; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: { listModels: { input: { schema: z.object({}) }, output: { schema: z.object({ count: z.number() }) } } },
}).extend(
  llm,
  // @ts-expect-error an own action of the same name gives less than the interface's
  ({ entities }) => ({ entities: { model: entities.engine } }),
)
