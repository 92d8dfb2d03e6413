// expected: Type '"group"' is not assignable to type '"direct"'
// code: channel_unknown at call
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error a conversation is made in a channel that is not declared
    await client.getOrCreateConversation({ channel: 'group', tags: {} })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
