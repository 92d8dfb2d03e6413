// expected: Type 'number' is not assignable to type 'string'
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  webhook: {
    // @ts-expect-error the id of a delivery is no text
    deliveryId: () => 42,
  },
})
