// expected: Type '"image"' is not assignable to type '"text"'
// code: message_type_unknown
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error a message is created whose type no channel has
    await client.createMessage({ conversationId: 'a', userId: 'b', type: 'image', payload: { imageUrl: 'c' } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
