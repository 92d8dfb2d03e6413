// expected: Type 'number' is not assignable to type 'string'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error the input of a call has another type
  await interfaces.llm.generate({ prompt: 42 })
})
