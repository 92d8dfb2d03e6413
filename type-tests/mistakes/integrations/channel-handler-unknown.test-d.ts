// expected: 'group' does not exist
// code: handler_unknown at definition
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  channels: {
    direct: { messages: { text: async () => {} } },
    // @ts-expect-error there are handlers for a channel that is not declared
    group: { messages: { text: async () => {} } },
  },
})
