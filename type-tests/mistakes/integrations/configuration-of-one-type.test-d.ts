// expected: Property 'host' does not exist on type '{ port: number; }'
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  handler: async ({ configuration, logger }) => {
    // @ts-expect-error a key is read that only one of the configurations has
    logger.info(configuration.host)
  },
  actions: { ping: async () => ({ milliseconds: 1 }) },
})
