// expected: Property 'narrate' does not exist
// code: capability_missing at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a plugin calls an action whose capability it does not require
  await interfaces.llm.narrate({ prompt: 'a' }).output()
})
