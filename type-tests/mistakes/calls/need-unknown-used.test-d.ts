// expected: Property 'tts' does not exist
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a plugin uses a need that it does not declare
  await interfaces.tts.speak({ text: 'a' })
})
