// expected: Cannot assign to 'id' because it is a read-only property
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const { models } = await interfaces.llm.listModels({})
  const model = models[0]
  if (!model) return
  // @ts-expect-error a field of an entity is assigned
  model.id = 'large'
})
