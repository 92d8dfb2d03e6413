// expected: Type '"removed"' is not assignable to type '"changed"'
// code: event_unknown at call
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error an event is created that is not declared
    await client.createEvent({ type: 'removed', payload: { path: 'a' } })
  },
})
