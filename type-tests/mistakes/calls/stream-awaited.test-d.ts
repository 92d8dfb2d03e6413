// expected: Property 'text' does not exist on type 'ActionStream<{ text: string; }, { text: string; }>'
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const output = await interfaces.narrator.narrate({ prompt: 'a' })
  // @ts-expect-error a stream is awaited as if it were the output
  return void output.text
})
