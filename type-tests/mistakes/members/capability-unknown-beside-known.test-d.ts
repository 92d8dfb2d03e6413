// expected: Type '"telepathy"' is not assignable to type '"stream" | "tools"'
// code: capability_unknown at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({ name: 'vendor', entities: { engine: { schema: z.object({ id: z.string() }) } } }).extend(
  llm,
  ({ entities }) => ({
    entities: { model: entities.engine },
    // @ts-expect-error an unknown capability is claimed beside a known one
    capabilities: ['stream', 'telepathy'],
  }),
)
