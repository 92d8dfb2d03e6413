// expected: the default export is no IntegrationImplementation of 'watcher'
// code: implementation_missing at start
import { watcher } from '../../fixtures/parts.ts'

// @ts-expect-error the package of a definition loads the definition again instead of its implementation
export default watcher.implementedBy(async () => ({ default: watcher }))
