// expected: Type 'number' is not assignable to type 'string'
// code: payload_invalid
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error the payload of a message has another type
    await client.createMessage({ conversationId: 'a', userId: 'b', type: 'text', payload: { text: 42 } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
