// expected: 'timeout' does not exist in type 'CallOptions'
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error a call is given an option that there is not
  await interfaces.llm.generate({ prompt: 'a' }, { timeout: 1_000 })
})
