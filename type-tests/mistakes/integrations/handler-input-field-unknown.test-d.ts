// expected: Property 'count' does not exist on type '{ times: number; }'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler reads a field that the input does not have
    ping: async ({ input }) => ({ milliseconds: input.count }),
  },
})
