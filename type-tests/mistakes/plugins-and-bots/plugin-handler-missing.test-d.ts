// expected: Property 'count' is missing in type '{}'
// code: handler_missing at definition
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

export default new PluginImplementation(counter, {
  // @ts-expect-error an action of a plugin has no handler
  actions: {},
})
