// expected: Property 'chunk' does not exist on type '{ text: string; }'
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces, logger }) => {
  for await (const item of interfaces.narrator.narrate({ prompt: 'a' })) {
    // @ts-expect-error a field is read that the items of a stream do not have
    logger.info(item.chunk)
  }
})
