// expected: Property 'OTHER_KEY' does not exist
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ ctx, logger }) => {
  // @ts-expect-error a plugin reads a secret that it does not declare
  logger.info(ctx.secrets.OTHER_KEY)
})
