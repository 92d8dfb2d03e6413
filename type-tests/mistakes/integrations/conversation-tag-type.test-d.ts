// expected: Type 'number' is not assignable to type 'string'
// code: tag_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error a tag of a conversation is no text
    await client.getOrCreateConversation({ channel: 'direct', tags: { chatId: 42 } })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
