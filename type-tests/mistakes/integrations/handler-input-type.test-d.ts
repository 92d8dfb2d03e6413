// expected: Property 'length' does not exist on type 'number'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler takes a number for a text
    ping: async ({ input }) => ({ milliseconds: input.times.length }),
  },
})
