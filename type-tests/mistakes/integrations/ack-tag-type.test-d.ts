// expected: Type 'number' is not assignable to type 'string'
// code: tag_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  channels: {
    direct: {
      messages: {
        text: async ({ ack }) => {
          // @ts-expect-error a tag is acknowledged that is no text
          await ack({ tags: { messageId: 42 } })
        },
      },
    },
  },
})
