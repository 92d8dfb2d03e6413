// expected: Type 'void' is not assignable to type '{ milliseconds: number; }'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler returns nothing
    ping: async () => {},
  },
})
