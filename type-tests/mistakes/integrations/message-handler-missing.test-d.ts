// expected: Property 'text' is missing in type '{}'
// code: handler_missing
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  // @ts-expect-error a message has no handler
  channels: { direct: { messages: {} } },
})
