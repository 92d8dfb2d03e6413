// expected: Property 'userId' is missing
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error a message from the platform does not say who wrote it
    await client.createMessage({ conversationId: 'a', type: 'text', payload: { text: 'b' } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
