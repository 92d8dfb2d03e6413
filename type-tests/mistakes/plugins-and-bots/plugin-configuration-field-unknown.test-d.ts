// expected: Property 'voice' does not exist
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ configuration, logger }) => {
  // @ts-expect-error a plugin reads a key of its configuration that is not declared
  logger.info(configuration.voice)
})
