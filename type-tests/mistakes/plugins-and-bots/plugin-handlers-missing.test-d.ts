// expected: Expected 2 arguments, but got 1
// code: handler_missing at definition
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

// @ts-expect-error the handlers of a plugin are left out
export default new PluginImplementation(counter)
