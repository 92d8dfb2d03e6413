// expected: Property 'PONG_KEY' does not exist
import { IntegrationImplementation } from 'plugboard'
import { pinger } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(pinger, {
  handler: async ({ ctx, logger }) => {
    // @ts-expect-error a secret is read that is not declared
    logger.info(ctx.secrets.PONG_KEY)
  },
  actions: { ping: async () => ({ milliseconds: 1 }) },
})
