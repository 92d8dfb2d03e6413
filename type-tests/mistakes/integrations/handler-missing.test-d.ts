// expected: Property 'ping' is missing in type '{}'
// code: handler_missing
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

new IntegrationImplementation(pinger, {
  // @ts-expect-error an action has no handler
  actions: {},
})
