// expected: Type '{ id: string; }' is missing the following properties from type 'EntityTag<"llm.model", keyof Sides>'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  // @ts-expect-error an entity is made by Object.assign
  await interfaces.llm.generate({ prompt: 'a', model: Object.assign({}, { id: 'large' }) })
})
