// expected: Type '"llm.model"' is not assignable to type '"narrator.model"'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const { models } = await interfaces.llm.listModels({})
  const model = models[0]
  if (!model) return
  // @ts-expect-error an entity of one need is handed to another
  await interfaces.narrator.generate({ prompt: 'a', model })
})
