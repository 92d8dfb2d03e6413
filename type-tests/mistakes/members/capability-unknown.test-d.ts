// expected: Type '"telepathy"' is not assignable to type '"stream" | "tools"'
// code: capability_unknown at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error a capability is claimed that the interface does not declare
    capabilities: ['telepathy'],
  }),
)
