// expected: plugin 'greeter' is given the implementation of 'counter'
// code: implementation_missing at start
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'
import { greeter } from '../../fixtures/plugins.ts'

const implementation = new PluginImplementation(counter, { actions: { count: async () => ({ words: 1 }) } })
// @ts-expect-error the package of a plugin loads the implementation of another
export default greeter.implementedBy(async () => ({ default: implementation }))
