// expected: channel 'console' of interface 'llm': a 'chat' that is there already has a narrower message 'text'; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'vendor',
  entities: { engine: { schema: z.object({ id: z.string() }) } },
  channels: { chat: { messages: { text: { schema: z.object({ body: z.string() }) } } } },
}).extend(llm, ({ entities }) => ({
  entities: { model: entities.engine },
  // @ts-expect-error a channel is renamed onto an own one whose messages do not fit
  channels: { console: { name: 'chat' } },
}))
