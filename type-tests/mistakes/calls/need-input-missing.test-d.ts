// expected: Property 'prompt' is missing in type '{}'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error the input of a call lacks a field
  await interfaces.llm.generate({})
})
