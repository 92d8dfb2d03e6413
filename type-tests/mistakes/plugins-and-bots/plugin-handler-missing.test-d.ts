// expected: Property 'count' is missing in type '{}'
// code: handler_missing
import { PluginImplementation } from 'plugboard'
import { counter } from '../../fixtures/parts.ts'

new PluginImplementation(counter, {
  // @ts-expect-error an action of a plugin has no handler
  actions: {},
})
