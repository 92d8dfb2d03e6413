// expected: Property 'direct' is missing in type '{}'
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  // @ts-expect-error a channel has no handlers
  channels: {},
})
