// expected: 'image' does not exist
// code: handler_unknown at definition
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
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
