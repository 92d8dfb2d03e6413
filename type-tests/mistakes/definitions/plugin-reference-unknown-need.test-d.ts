// expected: Property 'tts' does not exist
// code: builder_failed at definition
import { PluginDefinition, z } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new PluginDefinition({
  name: 'assistant',
  interfaces: { llm },
  // @ts-expect-error a state refers to a need that is not declared
  states: { last: { type: 'bot', schema: ({ entities }) => z.object({ voice: entities.tts.voice }) } },
})
