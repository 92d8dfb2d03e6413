// expected: Property 'translate' does not exist
// code: handler_failed at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a plugin calls an action that the interface does not have
  await interfaces.llm.translate({ prompt: 'a' })
})
