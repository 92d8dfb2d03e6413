// expected: Type '"group"' is not assignable to type '"direct"'
// code: channel_unknown
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  handler: async ({ client }) => {
    // @ts-expect-error a conversation is made in a channel that is not declared
    await client.getOrCreateConversation({ channel: 'group', tags: {} })
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
