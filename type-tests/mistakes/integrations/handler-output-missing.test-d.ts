// expected: Type 'void' is not assignable to type '{ milliseconds: number; }'
// code: output_invalid
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler returns nothing
    ping: async () => {},
  },
})
