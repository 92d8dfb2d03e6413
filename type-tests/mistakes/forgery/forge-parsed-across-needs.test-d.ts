// expected: Type '"narrator.model"' is not assignable to type '"llm.model"'
// code: entity_invalid
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ interfaces }) => {
  const model = interfaces.narrator.entities.model.parse({ id: 'large' })
  // @ts-expect-error an entity that one need parsed is handed to another
  await interfaces.llm.generate({ prompt: 'a', model })
})
