// expected: Property 'token' does not exist on type '{}'
import { IntegrationImplementation } from 'plugboard'
import { chatter } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(chatter, {
  handler: async ({ configuration, logger }) => {
    // @ts-expect-error a key of the configuration is read that is not declared
    logger.info(configuration.token)
  },
  channels: { direct: { messages: { text: async () => {} } } },
})
