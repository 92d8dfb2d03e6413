// expected: is missing the following properties from type 'Promise<{ milliseconds: number; }>'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error the handler of an action that does not stream is a generator
    ping: async function* () {
      yield { milliseconds: 1 }
      return { milliseconds: 1 }
    },
  },
})
