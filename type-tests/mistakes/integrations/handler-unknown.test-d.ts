// expected: 'pong' does not exist
// code: handler_unknown at definition
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  actions: {
    ping: async () => ({ milliseconds: 1 }),
    // @ts-expect-error there is a handler for an action that is not declared
    pong: async () => ({ milliseconds: 1 }),
  },
})
