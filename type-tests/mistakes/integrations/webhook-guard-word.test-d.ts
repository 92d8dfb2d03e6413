// expected: Type '"never"' is not assignable to type
// code: handler_missing at definition
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  webhook: {
    // @ts-expect-error what is not asked is said by 'none'
    verify: 'never',
  },
})
