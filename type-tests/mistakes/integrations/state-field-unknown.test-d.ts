// expected: Property 'offset' does not exist on type '{ position: number; }'
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  handler: async ({ client }) => {
    // @ts-expect-error a field of a state is read that it does not have
    return void (await client.getState({ name: 'cursor' })).state?.payload.offset
  },
})
