// expected: Type 'string' is not assignable to type 'number'
// code: state_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error the value of a state has another type
    await client.setState({ name: 'cursor', payload: { position: '1' } })
  },
})
