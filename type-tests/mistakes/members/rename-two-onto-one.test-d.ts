// expected: action 'generate' of interface 'llm': the name 'run' is taken by another action of the interface
// code: member_name_taken at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error two actions are renamed onto one name
    actions: { generate: { name: 'run' }, listModels: { name: 'run' } },
  }),
)
