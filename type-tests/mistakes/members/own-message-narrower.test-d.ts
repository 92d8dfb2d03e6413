// expected: channel 'console' of interface 'llm': a 'console' that is there already has a narrower message 'text'; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  channels: { console: { messages: { text: { schema: z.object({ text: z.string(), color: z.string() }) } } } },
}).extend(
  llm,
  // @ts-expect-error an own message of the same name asks for more than the interface's
  ({ entities }) => ({ entities: { model: entities.engine } }),
)
