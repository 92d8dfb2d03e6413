// expected: Property 'milliseconds' is missing in type '{}' but required in type '{ milliseconds: number; }'
// code: output_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error the output of a handler lacks a field
    ping: async () => ({}),
  },
})
