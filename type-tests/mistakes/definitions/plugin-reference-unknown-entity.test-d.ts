// expected: Property 'voice' does not exist
// code: schema_missing at definition
import { PluginDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new PluginDefinition({
  name: 'assistant',
  interfaces: { llm },
  // @ts-expect-error the configuration refers to an entity that the need does not have
  configuration: { schema: ({ entities }) => z.object({ voice: entities.llm.voice }) },
})
