// expected: action 'generate' of interface 'llm': a 'ping' that is there already has a narrower input; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  actions: { ping: { input: { schema: z.object({ host: z.string() }) }, output: { schema: z.object({}) } } },
}).extend(llm, ({ entities }) => ({
  entities: { model: entities.engine },
  // @ts-expect-error an action is renamed onto an unrelated one of the integration
  actions: { generate: { name: 'ping' } },
}))
