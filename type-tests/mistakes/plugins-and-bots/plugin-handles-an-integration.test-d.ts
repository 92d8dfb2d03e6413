// expected: Type '"integration"' is not assignable to type '"plugin"'
// code: definition_invalid at definition
import { PluginImplementation } from 'plugboard'
import { watcher } from '../../fixtures/parts.ts'

// @ts-expect-error an integration is implemented as a plugin
export default new PluginImplementation(watcher)
