// expected: Type 'string' is not assignable to type 'number'
// code: state_invalid at call
import { PluginImplementation } from 'plugboard'
import { assistant } from '../../fixtures/plugins.ts'

export const assisting = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
assisting.on.message('text', async ({ client }) => {
  // @ts-expect-error the value of a plugin’s state has another type
  await client.setState({ name: 'count', payload: { asked: 'twice' } })
})
