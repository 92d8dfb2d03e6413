// expected: Property 'path' is missing in type '{}' but required in type '{ path: string; }'
// code: payload_invalid at call
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error the payload of an event lacks a field
    await client.createEvent({ type: 'changed', payload: {} })
  },
})
