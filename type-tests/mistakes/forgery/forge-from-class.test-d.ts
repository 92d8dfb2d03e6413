// expected: Type 'Model' is missing the following properties from type 'EntityTag<"llm.model", keyof Sides>'
// code: input_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  class Model {
    readonly id = 'large'
  }
  // @ts-expect-error an entity is an object of a class of one’s own
  await interfaces.llm.generate({ prompt: 'a', model: new Model() })
})
