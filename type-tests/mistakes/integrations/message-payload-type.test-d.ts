// expected: Type 'number' is not assignable to type 'string'
// code: payload_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    const { conversation } = await client.getOrCreateConversation({ channel: 'direct', tags: { chatId: '1' } })
    const { user } = await client.getOrCreateUser({ tags: { login: 'ada' } })
    const ids = { conversationId: conversation.id, userId: user.id }
    // @ts-expect-error the payload of a message has another type
    await client.createMessage({ ...ids, type: 'text', payload: { text: 42 } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
