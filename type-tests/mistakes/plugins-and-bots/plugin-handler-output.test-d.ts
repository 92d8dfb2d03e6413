// expected: Type 'string' is not assignable to type 'number'
// code: output_invalid at call
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

export default new PluginImplementation(counter, {
  actions: {
    // @ts-expect-error the output of a plugin’s action has another type
    count: async ({ input }) => ({ words: input.text }),
  },
})
