// expected: 'temprature' does not exist
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error the input of a call has a field that there is not
  await interfaces.llm.generate({ prompt: 'a', temprature: 1 })
})
