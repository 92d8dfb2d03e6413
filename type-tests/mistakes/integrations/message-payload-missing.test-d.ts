// expected: Property 'text' is missing in type '{}' but required in type '{ text: string; }'
// code: payload_invalid
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error the payload of a message lacks a field
    await client.createMessage({ conversationId: 'a', userId: 'b', type: 'text', payload: {} })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
