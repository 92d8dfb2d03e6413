// expected: Type '"image"' is not assignable to type '"text"'
// code: message_type_unknown at call
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    const { conversation } = await client.getOrCreateConversation({ channel: 'direct', tags: { chatId: '1' } })
    const { user } = await client.getOrCreateUser({ tags: { login: 'ada' } })
    const ids = { conversationId: conversation.id, userId: user.id }
    // @ts-expect-error a message is created whose type no channel has
    await client.createMessage({ ...ids, type: 'image', payload: { imageUrl: 'c' } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
