// expected: Property 'sentence' does not exist on type '{ text: string; }'
// code: handler_failed at call
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

export default new PluginImplementation(counter, {
  actions: {
    // @ts-expect-error a plugin reads a field that the input does not have
    count: async ({ input }) => ({ words: input.sentence.length }),
  },
})
