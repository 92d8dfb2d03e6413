// expected: action 'listModels' of interface 'llm': a 'listModels' that is there already has a narrower input; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: {
    listModels: {
      input: { schema: z.object({ region: z.string() }) },
      output: { schema: z.object({ models: z.array(z.object({ id: z.string() })) }) },
    },
  },
}).extend(
  llm,
  // @ts-expect-error an own action of the same name asks for more than the interface's
  ({ entities }) => ({ entities: { model: entities.engine } }),
)
