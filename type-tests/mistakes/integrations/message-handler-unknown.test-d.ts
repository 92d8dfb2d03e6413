// expected: 'image' does not exist
// code: handler_unknown
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

new IntegrationImplementation(chatter, {
  channels: {
    direct: {
      messages: {
        text: async () => {},
        // @ts-expect-error there is a handler for a message that is not declared
        image: async () => {},
      },
    },
  },
})
