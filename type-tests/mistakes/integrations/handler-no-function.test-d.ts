// expected: 'milliseconds' does not exist
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    // @ts-expect-error a handler is no function
    ping: { milliseconds: 1 },
  },
})
