// expected: 'offset' does not exist in type 'Partial<{ position: number; }>'
// code: state_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error a field of a state is changed that it does not have
    await client.patchState({ name: 'cursor', payload: { offset: 1 } })
  },
})
