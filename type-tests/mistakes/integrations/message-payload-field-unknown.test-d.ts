// expected: Property 'body' does not exist on type '{ text: string; }'
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  channels: {
    direct: {
      messages: {
        text: async ({ payload, logger }) => {
          // @ts-expect-error a handler reads a field that the payload of a message does not have
          logger.info(payload.body)
        },
      },
    },
  },
})
