// expected: Type '{ id: string; }' is missing the following properties from type 'EntityTag<"llm.model", keyof Sides>'
// code: entity_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client, conversation }) => {
  // @ts-expect-error an entity is made up in a state
  await client.setState({ name: 'last', id: conversation.id, payload: { model: { id: 'large' } } })
})
