// expected: 'milliseconds' does not exist
// code: handler_missing
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler is no function
    ping: { milliseconds: 1 },
  },
})
