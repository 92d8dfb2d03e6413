// expected: the module has no default export: write export default new IntegrationImplementation(…) there
// code: implementation_missing at start
import { IntegrationImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

const implementation = new IntegrationImplementation(watcher, {})
// @ts-expect-error the module of the implementation has no default export
export default watcher.implementedBy(async () => ({ implementation }))
