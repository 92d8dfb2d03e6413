// expected: Type '"position"' is not assignable to type '"cursor"'
// code: state_unknown at call
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error a state is read that is not declared
    await client.getState({ name: 'position' })
  },
})
