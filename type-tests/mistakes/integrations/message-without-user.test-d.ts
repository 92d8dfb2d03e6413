// expected: Property 'userId' is missing
// code: user_unknown at call
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    const { conversation } = await client.getOrCreateConversation({ channel: 'direct', tags: { chatId: '1' } })
    // @ts-expect-error a message from the platform does not say who wrote it
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: 'b' } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
