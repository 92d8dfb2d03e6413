// expected: Type 'NeedEntity<"llm", "options",
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const options = interfaces.llm.entities.options.parse({})
  // @ts-expect-error another entity of the same need is handed in
  await interfaces.llm.generate({ prompt: 'a', model: options })
})
