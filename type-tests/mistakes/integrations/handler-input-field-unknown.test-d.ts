// expected: Property 'count' does not exist on type '{ times: number; }'
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler reads a field that the input does not have
    ping: async ({ input }) => ({ milliseconds: input.count }),
  },
})
