// expected: Property 'content' does not exist
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  const output = await interfaces.llm.generate({ prompt: 'a' })
  // @ts-expect-error a field is read that the output does not have
  return void output.content
})
