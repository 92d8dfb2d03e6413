// expected: Property 'translate' does not exist
// code: action_unknown
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a plugin calls an action that the interface does not have
  await interfaces.llm.translate({ prompt: 'a' })
})
