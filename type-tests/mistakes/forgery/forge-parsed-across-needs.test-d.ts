// expected: Type '"narrator.model"' is not assignable to type '"llm.model"'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const { models } = await interfaces.narrator.listModels({})
  const model = interfaces.narrator.entities.model.parse(JSON.parse(JSON.stringify(models[0])))
  // @ts-expect-error an entity that one need parsed is handed to another
  await interfaces.llm.generate({ prompt: 'a', model })
})
