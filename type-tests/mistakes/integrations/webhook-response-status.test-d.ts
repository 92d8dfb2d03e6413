// expected: Type 'string' is not assignable to type 'number'
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  // @ts-expect-error the status of a response is a text
  handler: async () => ({ status: '200' }),
})
