// expected: action 'generate' of interface 'llm': the name 'listModels' is taken by another action of the interface
// code: member_name_taken at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error an action is renamed onto another one of the interface
    actions: { generate: { name: 'listModels' } },
  }),
)
