// expected: Type '"position"' is not assignable to type '"cursor"'
// code: state_unknown
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error a state is set that is not declared
    await client.setState({ name: 'position', payload: { position: 1 } })
  },
})
