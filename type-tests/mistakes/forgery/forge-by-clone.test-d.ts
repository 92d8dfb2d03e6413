// expected: Type 'unknown' is not assignable to type 'NeedEntity<"llm", "model", { input: { id: string; }; parsed: { id: string; }; }> | undefined'
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const { models } = await interfaces.llm.listModels({})
  const model = models[0]
  if (!model) return
  const parsed: unknown = JSON.parse(JSON.stringify(model))
  // @ts-expect-error an entity is made from a JSON text
  await interfaces.llm.generate({ prompt: 'a', model: parsed })
})
