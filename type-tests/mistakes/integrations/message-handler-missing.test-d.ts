// expected: Property 'text' is missing in type '{}'
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  // @ts-expect-error a message has no handler
  channels: { direct: { messages: {} } },
})
