// expected: Property 'body' does not exist on type '{ text: string; }'
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ message, logger }) => {
  // @ts-expect-error a field is read that a default message does not have
  logger.info(message.payload.body)
})
