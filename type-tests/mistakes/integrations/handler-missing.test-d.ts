// expected: Property 'ping' is missing in type '{}'
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  // @ts-expect-error an action has no handler
  actions: {},
})
