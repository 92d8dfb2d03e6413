// expected: 'onInstall' does not exist
// code: handler_unknown at definition
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

export default new IntegrationImplementation(watcher, {
  // @ts-expect-error an implementation has a part that there is not
  onInstall: async () => {},
})
