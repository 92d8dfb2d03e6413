// expected: Property 'direct' is missing in type '{}'
// code: handler_missing
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  // @ts-expect-error a channel has no handlers
  channels: {},
})
