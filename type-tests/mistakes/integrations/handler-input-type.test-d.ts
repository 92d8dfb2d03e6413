// expected: Property 'length' does not exist on type 'number'
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler takes a number for a text
    ping: async ({ input }) => ({ milliseconds: input.times.length }),
  },
})
