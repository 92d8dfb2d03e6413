// expected: Type 'string' is not assignable to type 'number'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error the output of a handler has another type
    ping: async () => ({ milliseconds: '1' }),
  },
})
