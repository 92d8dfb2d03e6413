// expected: action 'narrate' of interface 'llm': a 'narrate' that is there already does not stream; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: {
    narrate: {
      input: { schema: z.object({ prompt: z.string() }) },
      output: { schema: z.object({ text: z.string() }) },
    },
  },
}).extend(
  llm,
  // @ts-expect-error an own action of the same name does not stream, the interface's does
  ({ entities }) => ({ entities: { model: entities.engine } }),
)
