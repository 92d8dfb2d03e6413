// expected: Property 'tts' does not exist
// code: handler_failed at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a plugin uses a need that it does not declare
  await interfaces.tts.speak({ text: 'a' })
})
