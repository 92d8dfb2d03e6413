// expected: Type '{ id: string; }' is missing the following properties from type 'EntityTag<"llm.model", keyof Sides>'
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const { models } = await interfaces.llm.listModels({})
  const model = models[0]
  if (!model) return
  // @ts-expect-error an entity is changed by spreading it
  await interfaces.llm.generate({ prompt: 'a', model: { ...model, id: 'large' } })
})
