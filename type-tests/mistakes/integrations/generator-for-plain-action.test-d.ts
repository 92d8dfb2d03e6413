// expected: is missing the following properties from type 'Promise<{ milliseconds: number; }>'
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error the handler of an action that does not stream is a generator
    ping: async function* () {
      yield { milliseconds: 1 }
      return { milliseconds: 1 }
    },
  },
})
