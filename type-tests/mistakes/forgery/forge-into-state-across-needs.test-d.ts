// expected: Type '"narrator.model"' is not assignable to type '"llm.model"'
// code: entity_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client, conversation, interfaces }) => {
  const { models } = await interfaces.narrator.listModels({})
  const model = models[0]
  if (!model) return
  // @ts-expect-error an entity of one need is stored as that of another
  await client.setState({ name: 'last', id: conversation.id, payload: { model } })
})
