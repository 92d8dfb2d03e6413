// expected: Property 'sentence' does not exist on type '{ text: string; }'
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

new PluginImplementation(counter, {
  actions: {
    // @ts-expect-error a plugin reads a field that the input does not have
    count: async ({ input }) => ({ words: input.sentence.length }),
  },
})
