// expected: Type 'number' is not assignable to type 'string'
// code: payload_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error the payload of an event has another type
    await client.createEvent({ type: 'changed', payload: { path: 1 } })
  },
})
